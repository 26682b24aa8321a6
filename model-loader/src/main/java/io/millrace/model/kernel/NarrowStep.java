/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/**
 * A dense layer with few outputs, each its own sum over the inputs.
 *
 * <p>Four partial sums, over the inputs 0, 4, 8 … to 3, 7, 11 …, keep the additions independent of each other; then
 * ((s0 + s1) + (s2 + s3)) + bias, then what is left one by one.
 */
final class NarrowStep implements Step {

    private final float[][] weights;
    private final float[] bias;
    private final ActivationFunction activation;

    /**
     * A layer.
     *
     * @param weights per output, one weight per input
     */
    NarrowStep(float[][] weights, float[] bias, ActivationFunction activation) {
        this.weights = weights;
        this.bias = bias;
        this.activation = activation;
    }

    @Override
    public int outputs() {
        return bias.length;
    }

    @Override
    public void apply(float[] in, int offset, float[] out) {
        for (int o = 0; o < bias.length; o++) {
            out[o] = sum(weights[o], in, offset, bias[o]);
        }
        activation.apply(out, bias.length);
    }

    private static float sum(float[] w, float[] in, int offset, float bias) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < w.length; i += 4) {
            s0 += in[offset + i] * w[i];
            s1 += in[offset + i + 1] * w[i + 1];
            s2 += in[offset + i + 2] * w[i + 2];
            s3 += in[offset + i + 3] * w[i + 3];
        }
        float sum = ((s0 + s1) + (s2 + s3)) + bias;
        for (; i < w.length; i++) {
            sum += in[offset + i] * w[i];
        }
        return sum;
    }
}
