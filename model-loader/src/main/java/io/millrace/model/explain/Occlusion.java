/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the output loses when one input is replaced by its training mean and the others stay. It misses what inputs do together: its
 * completeness error says how much that is.
 */
final class Occlusion implements Explainer {

    private final OutputFunction function;
    private final double[][] rows = new double[OutputFunction.MOST_ROWS][];
    private final double[] outputs;

    Occlusion(OutputFunction function) {
        this.function = function;
        this.outputs = new double[function.inputs() + 2];
    }

    /** The first row is the event's own, the second the baseline, each other lacks one input. */
    @Override
    public @Nullable Contributions explain(double[] inputs, long seed, Deadline deadline) {
        for (int from = 0; from < outputs.length; from += OutputFunction.MOST_ROWS) {
            if (deadline.isOver()) {
                return null;
            }
            int count = Math.min(OutputFunction.MOST_ROWS, outputs.length - from);
            for (int row = 0; row < count; row++) {
                rows[row] = occluded(inputs, from + row);
            }
            function.evaluate(rows, count, outputs, from);
        }
        double[] contributions = new double[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            contributions[i] = outputs[0] - outputs[i + 2];
        }
        return new Contributions(contributions, outputs[0], outputs[1], null);
    }

    private static double[] occluded(double[] inputs, int row) {
        double[] copy = inputs.clone();
        if (row == 1) {
            Arrays.fill(copy, Double.NaN);
        } else if (row > 1) {
            copy[row - 2] = Double.NaN;
        }
        return copy;
    }

    @Override
    public void close() {
        function.close();
    }
}
