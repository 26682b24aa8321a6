/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

/** One layer with its shapes and the number of its weights. */
public sealed interface Layer {

    Shape input();

    Shape output();

    /** How many values of {@code coefficients.bin} are this layer's. */
    long parameters();

    /**
     * A fully connected layer on rows. Its weights are W, inputs × outputs, column by column; then, where it has them,
     * outputs biases and outputs gains.
     *
     * @param normalized whether DL4J normalizes the sums of each row before the activation (layer norm)
     */
    record Dense(int inputs, int outputs, boolean bias, boolean normalized, Activation activation) implements Layer {
        @Override
        public Shape input() {
            return new Shape.Row(inputs);
        }

        @Override
        public Shape output() {
            return new Shape.Row(outputs);
        }

        @Override
        public long parameters() {
            long weights = Math.multiplyExact((long) inputs, (long) outputs);
            long vectors = (bias ? 1L : 0L) + (normalized ? 1L : 0L);
            return Math.addExact(weights, Math.multiplyExact(vectors, (long) outputs));
        }
    }

    /**
     * Batch normalization of rows by the moments seen in training. Its weights are, width each: gamma and beta unless they
     * are locked, mean, and variance or, with {@code logDeviation}, the decimal logarithm of the standard deviation.
     *
     * @param gamma the scale where it is locked
     * @param beta the shift where it is locked
     */
    record BatchNormalization(
            int width, boolean locked, double gamma, double beta, double epsilon, boolean logDeviation)
            implements Layer {
        @Override
        public Shape input() {
            return new Shape.Row(width);
        }

        @Override
        public Shape output() {
            return input();
        }

        @Override
        public long parameters() {
            return Math.multiplyExact(locked ? 2L : 4L, (long) width);
        }
    }

    /** A layer without weights: an activation, a loss with an activation, or dropout, which does nothing in scoring. */
    record Elementwise(Shape input, Activation activation) implements Layer {
        @Override
        public Shape output() {
            return input;
        }

        @Override
        public long parameters() {
            return 0;
        }
    }

    /**
     * Vectors looked up by whole numbers.
     *
     * @param vocabulary how many vectors there are: every value that enters is a whole number below
     */
    record Embedding(int vocabulary, Shape input, Shape output, long parameters) implements Layer {}

    /**
     * A layer that only DL4J runs.
     *
     * @param kind DL4J's name for it
     * @param activation its last activation function; the identity where it has none
     */
    record Shaped(String kind, Shape input, Shape output, long parameters, Activation activation) implements Layer {}

    /** What becomes of values last: the layer's activation function; of an embedding, the identity. */
    default Activation lastActivation() {
        if (this instanceof Dense dense) {
            return dense.activation();
        }
        if (this instanceof Elementwise elementwise) {
            return elementwise.activation();
        }
        return this instanceof Shaped shaped ? shaped.activation() : Activation.IDENTITY;
    }
}
