/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.network.Network;
import java.util.List;
import java.util.stream.IntStream;

/** The golden cases of a bundle, prepared once and put to scorers. */
final class GoldenExam {

    private final GoldenCases cases;
    private final int width;
    private final float[] rows;

    GoldenExam(Bundle bundle) {
        this.cases = bundle.golden();
        this.width = bundle.network().outputs();
        this.rows = rows(bundle.preprocessing(), bundle.description().layout(), bundle.network(), cases.inputs());
    }

    /** Every raw input prepared; one that cannot enter the network is refused. */
    static float[] rows(Preprocessing preprocessing, InputLayout layout, Network network, List<double[]> raw) {
        int[] slots = IntStream.range(0, layout.width()).toArray();
        float[] rows = new float[raw.size() * slots.length];
        for (int row = 0; row < raw.size(); row++) {
            int wrong = preprocessing.prepare(layout, raw.get(row), slots, rows, row * slots.length);
            if (wrong >= 0) {
                throw refuse(
                        ModelException.Code.CONTENT,
                        place(layout, raw, row, wrong) + ", which does not become a"
                                + " finite number. Write the bundle again");
            }
            int outside = network.outsideVocabulary(rows, row * slots.length);
            if (outside >= 0) {
                throw refuse(
                        ModelException.Code.CONTENT,
                        place(layout, raw, row, outside) + ", which is no whole number" + " from 0 to "
                                + (network.vocabularies()[outside] - 1) + ". Write the bundle again");
            }
        }
        return rows;
    }

    private static String place(InputLayout layout, List<double[]> raw, int row, int slot) {
        return "inputs." + row + ": '" + layout.slots().get(slot) + "' is " + raw.get(row)[slot];
    }

    /** The outputs of all cases, row-major, in batches as the scorer takes them. */
    float[] answers(Scorer scorer) {
        return answers(scorer, rows);
    }

    /** The same of any prepared rows; what DL4J cannot run is refused. */
    static float[] answers(Scorer scorer, float[] rows) {
        try {
            return scored(scorer, rows);
        } catch (RuntimeException e) {
            throw new ModelException(
                    ModelException.Code.FRAMEWORK,
                    "configuration.json: DL4J does not run this network: " + e.getMessage()
                            + ". Build it otherwise and save it with DL4J 1.0.0-M2.1.",
                    e);
        }
    }

    private static float[] scored(Scorer scorer, float[] rows) {
        int count = rows.length / scorer.inputs();
        float[] all = new float[count * scorer.outputs()];
        float[] in = new float[scorer.maxBatch() * scorer.inputs()];
        float[] out = new float[scorer.maxBatch() * scorer.outputs()];
        for (int row = 0; row < count; row += scorer.maxBatch()) {
            int size = Math.min(scorer.maxBatch(), count - row);
            System.arraycopy(rows, row * scorer.inputs(), in, 0, size * scorer.inputs());
            scorer.score(in, size, out);
            System.arraycopy(out, 0, all, row * scorer.outputs(), size * scorer.outputs());
        }
        return all;
    }

    /** Refuses the first answer that is not finite, or not the expected one. */
    void require(float[] answers) {
        for (int i = 0; i < answers.length; i++) {
            double expected = cases.outputs().get(i / width)[i % width];
            String place = "outputs." + i / width + "." + i % width;
            if (!Float.isFinite(answers[i])) {
                throw refuse(
                        ModelException.Code.NON_FINITE,
                        place + ": the network gives " + answers[i] + ". Train the model again");
            }
            if (!close(answers[i], expected)) {
                throw refuse(
                        ModelException.Code.GOLDEN,
                        place + ": the network gives " + answers[i] + ", expected " + expected
                                + ". The weights, the normalizer or the order of the features differ from those that"
                                + " made the cases; write the bundle again");
            }
        }
    }

    /** Whether two scorers give the same answers, within the tolerance of golden cases. */
    static boolean agree(float[] left, float[] right) {
        boolean agree = left.length == right.length;
        for (int i = 0; agree && i < left.length; i++) {
            agree = close(left[i], right[i]);
        }
        return agree;
    }

    private static boolean close(double found, double expected) {
        return Math.abs(found - expected) <= GoldenCases.TOLERANCE * Math.max(1, Math.abs(expected));
    }

    private static ModelException refuse(ModelException.Code code, String what) {
        return new ModelException(code, "golden.json: " + what + ".");
    }
}
