/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.configuration.NetworkReader;
import io.millrace.model.network.Coefficients;
import io.millrace.model.network.Network;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes golden cases out of the network itself, for a model that brings none. */
public final class SelfExam {

    private static final long SEED = 20_180_401;

    private SelfExam() {}

    /** The draft with cases of origin {@code self}: random rows around the normalizer's centre, answered by DL4J. */
    public static BundleDraft complete(BundleDraft draft) {
        InputLayout layout = draft.description().layout();
        Network network = NetworkReader.read(
                draft.configuration().getBytes(StandardCharsets.UTF_8),
                Coefficients.write(draft.weights()),
                layout.shapes());
        List<double[]> inputs = inputs(draft.preprocessing(), layout, network.vocabularies());
        float[] rows = GoldenExam.rows(draft.preprocessing(), layout, network, inputs);
        try (NetworkScorer scorer = NetworkScorer.open(network, layout, GoldenCases.AT_LEAST)) {
            float[] answers = GoldenExam.answers(scorer, rows);
            return draft.withGolden(
                    new GoldenCases(GoldenCases.Origin.SELF, inputs, outputs(answers, network.outputs())));
        }
    }

    /** The last case misses every input that has a mean; of sequences each case misses more of the oldest steps. */
    private static List<double[]> inputs(Preprocessing preprocessing, InputLayout layout, int[] vocabularies) {
        Random random = new Random(SEED);
        List<double[]> inputs = new ArrayList<>();
        for (int row = 0; row < GoldenCases.AT_LEAST; row++) {
            double[] values = new double[vocabularies.length];
            boolean last = row == GoldenCases.AT_LEAST - 1;
            for (int i = 0; i < values.length; i++) {
                values[i] = value(preprocessing.normalizer(), i, vocabularies[i], random);
                if (last
                        && !layout.hasSequences()
                        && !Double.isNaN(preprocessing.means()[i])) {
                    values[i] = Double.NaN;
                }
            }
            pad(layout, values, row);
            inputs.add(values);
        }
        return inputs;
    }

    private static double value(Normalizer normalizer, int slot, int vocabulary, Random random) {
        double value = vocabulary > 0 ? random.nextInt(vocabulary) : random.nextGaussian();
        return normalizer.shift(slot) + normalizer.scale(slot) * value;
    }

    /** Leaves one step at least. */
    private static void pad(InputLayout layout, double[] values, int row) {
        int from = 0;
        for (NetworkInput input : layout.inputs()) {
            int steps = input.shape().values() / input.shape().channels();
            if (input.ofSequences()) {
                Arrays.fill(values, from, from + row % steps * input.shape().channels(), Double.NaN);
            }
            from += input.shape().values();
        }
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
