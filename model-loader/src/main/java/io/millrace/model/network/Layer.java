/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

/** One layer with its shape and the number of its weights. */
public sealed interface Layer {

    int inputs();

    int outputs();

    /** How many values of {@code coefficients.bin} are this layer's; they stand in the order of the layers. */
    long parameters();

    /**
     * A fully connected layer. Its weights are W, inputs × outputs, column by column; then, where it has them, outputs
     * biases and outputs gains.
     *
     * @param normalized whether DL4J normalizes the sums of each row before the activation (layer norm)
     */
    record Dense(int inputs, int outputs, boolean bias, boolean normalized, Activation activation) implements Layer {
        @Override
        public long parameters() {
            long weights = Math.multiplyExact((long) inputs, (long) outputs);
            long vectors = (bias ? 1L : 0L) + (normalized ? 1L : 0L);
            return Math.addExact(weights, Math.multiplyExact(vectors, (long) outputs));
        }
    }

    /**
     * Batch normalization by the moments seen in training. Its weights are, width each: gamma and beta unless they are
     * locked, mean, and variance or, with {@code logDeviation}, the decimal logarithm of the standard deviation.
     *
     * @param gamma the scale where it is locked
     * @param beta the shift where it is locked
     */
    record BatchNormalization(
            int inputs, boolean locked, double gamma, double beta, double epsilon, boolean logDeviation)
            implements Layer {
        @Override
        public int outputs() {
            return inputs;
        }

        @Override
        public long parameters() {
            return Math.multiplyExact(locked ? 2L : 4L, (long) inputs);
        }
    }

    /** A layer without weights: an activation, a loss with an activation, or dropout, which does nothing in scoring. */
    record Elementwise(int inputs, Activation activation) implements Layer {
        @Override
        public int outputs() {
            return inputs;
        }

        @Override
        public long parameters() {
            return 0;
        }
    }
}
