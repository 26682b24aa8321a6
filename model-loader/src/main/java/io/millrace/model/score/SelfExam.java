/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.network.Coefficients;
import io.millrace.model.network.Network;
import io.millrace.model.network.NetworkReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes golden cases out of the network itself, for a model that brings none. */
public final class SelfExam {

    private static final long SEED = 20_180_401;

    private SelfExam() {}

    /** The draft with cases of origin {@code self}: random rows around the normalizer's centre, answered by DL4J. */
    public static BundleDraft complete(BundleDraft draft) {
        Network network = NetworkReader.read(
                draft.configuration().getBytes(StandardCharsets.UTF_8), Coefficients.write(draft.weights()));
        List<double[]> inputs = inputs(draft.preprocessing(), network.inputs());
        float[] rows =
                GoldenExam.rows(draft.preprocessing(), draft.description().inputs(), inputs);
        try (NetworkScorer scorer = NetworkScorer.open(network, GoldenCases.AT_LEAST)) {
            float[] answers = GoldenExam.answers(scorer, rows);
            return draft.withGolden(
                    new GoldenCases(GoldenCases.Origin.SELF, inputs, outputs(answers, network.outputs())));
        }
    }

    /** The last case misses every input that has a mean. */
    private static List<double[]> inputs(Preprocessing preprocessing, int width) {
        Normalizer normalizer = preprocessing.normalizer();
        Random random = new Random(SEED);
        List<double[]> inputs = new ArrayList<>();
        for (int row = 0; row < GoldenCases.AT_LEAST; row++) {
            double[] values = new double[width];
            boolean last = row == GoldenCases.AT_LEAST - 1;
            for (int i = 0; i < width; i++) {
                values[i] = normalizer.shift(i) + normalizer.scale(i) * random.nextGaussian();
                if (last && !Double.isNaN(preprocessing.means()[i])) {
                    values[i] = Double.NaN;
                }
            }
            inputs.add(values);
        }
        return inputs;
    }

    private static List<double[]> outputs(float[] answers, int width) {
        List<double[]> outputs = new ArrayList<>();
        for (int from = 0; from < answers.length; from += width) {
            double[] row = new double[width];
            for (int i = 0; i < width; i++) {
                row[i] = answers[from + i];
            }
            outputs.add(row);
        }
        return outputs;
    }
}
