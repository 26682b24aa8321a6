/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import org.jspecify.annotations.Nullable;

/**
 * What would have to be different for the other decision: inputs are moved one after the other towards and past the training mean, each
 * time the one move that brings the output furthest towards the other decision, until the decision turns or every input was moved. The contribution of
 * an input is what its move did to the output. Moves are quarters of the way to the mean, and half a scale of the normalizer beyond it.
 */
final class Counterfactual implements Explainer {

    private static final double[] SHARES = {0.25, 0.5, 0.75, 1};
    private static final double[] BEYOND = {0.5, 1, 1.5, 2};

    private final OutputFunction function;
    private final Preprocessing preprocessing;
    private final double threshold;
    private final Bundle bundle;
    private final double[][] rows = new double[OutputFunction.MOST_ROWS][];

    private Counterfactual(OutputFunction function, Bundle bundle) {
        this.function = function;
        this.bundle = bundle;
        this.preprocessing = bundle.preprocessing();
        this.threshold = bundle.threshold();
    }

    static Counterfactual of(Bundle bundle) {
        return new Counterfactual(OutputFunction.of(bundle), bundle);
    }

    @Override
    public @Nullable Contributions explain(double[] inputs, long seed, Deadline deadline) {
        double[] moved = inputs.clone();
        double[] contributions = new double[inputs.length];
        boolean[] done = new boolean[inputs.length];
        double first = output(moved);
        boolean positive = isPositive(first);
        double now = first;
        for (int move = 0; move < inputs.length && isPositive(now) == positive; move++) {
            if (deadline.isOver()) {
                return null;
            }
            Move best = best(moved, done, positive ? -1 : 1);
            if (best == null || (best.output - now) * (positive ? -1 : 1) <= 0) {
                break;
            }
            done[best.input] = true;
            moved[best.input] = best.value;
            contributions[best.input] = best.output - now;
            now = best.output;
        }
        return new Contributions(contributions, first, now, moved);
    }

    private boolean isPositive(double output) {
        return bundle.calibration().probability(output) >= threshold;
    }

    private double output(double[] row) {
        double[] output = new double[1];
        rows[0] = row;
        function.evaluate(rows, 1, output, 0);
        return output[0];
    }

    /** The one move of an input not moved yet that brings the output furthest. */
    private @Nullable Move best(double[] from, boolean[] done, int direction) {
        Move best = null;
        for (int input = 0; input < from.length; input++) {
            double[] values = done[input] ? new double[0] : values(input, from[input]);
            double[] outputs = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                rows[i] = from.clone();
                rows[i][input] = values[i];
            }
            function.evaluate(rows, values.length, outputs, 0);
            for (int i = 0; i < values.length; i++) {
                if (Double.isFinite(outputs[i]) && (best == null || (outputs[i] - best.output) * direction > 0)) {
                    best = new Move(input, values[i], outputs[i]);
                }
            }
        }
        return best;
    }

    private double[] values(int input, double value) {
        double mean = preprocessing.means()[input];
        Normalizer normalizer = preprocessing.normalizer();
        double from = Double.isNaN(value) ? mean : value;
        double[] values = new double[SHARES.length + 2 * BEYOND.length];
        int next = 0;
        for (double share : SHARES) {
            values[next++] = from + share * (mean - from);
        }
        for (double beyond : BEYOND) {
            values[next++] = mean + beyond * normalizer.scale(input);
            values[next++] = mean - beyond * normalizer.scale(input);
        }
        return values;
    }

    @Override
    public void close() {
        function.close();
    }

    private record Move(int input, double value, double output) {}
}
