/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

import java.util.Arrays;

/**
 * A dense layer: activation(x·W + b), for layers with several outputs.
 *
 * <p>The inner loop runs over outputs and adds four inputs' contributions to every sum, so that the JIT vectorizes it
 * without touching the order inside any one sum: ((x0·w0 + x1·w1) + (x2·w2 + x3·w3)) added to the sum so far, four inputs
 * at a time; zeros fill up the last four. Each row of weights is an array of its own and every array is indexed by the
 * loop's variable alone: HotSpot 17 does not vectorize the loop otherwise, nor with more than five inputs at a time.
 */
final class DenseStep implements Step {

    private final int inputs;
    private final float[][] weights;
    private final float[] bias;
    private final ActivationFunction activation;

    /**
     * A layer.
     *
     * @param rows per input, one weight per output
     */
    DenseStep(float[][] rows, float[] bias, ActivationFunction activation) {
        this.inputs = rows.length;
        this.weights = Arrays.copyOf(rows, (rows.length + 3) / 4 * 4);
        Arrays.fill(weights, rows.length, weights.length, new float[bias.length]);
        this.bias = bias;
        this.activation = activation;
    }

    @Override
    public int outputs() {
        return bias.length;
    }

    @Override
    public void apply(float[] in, int offset, float[] out) {
        int outputs = bias.length;
        System.arraycopy(bias, 0, out, 0, outputs);
        int i = 0;
        for (; i + 3 < inputs; i += 4) {
            int at = offset + i;
            addFour(weights, i, in[at], in[at + 1], in[at + 2], in[at + 3], out, outputs);
        }
        if (i < inputs) {
            int at = offset + i;
            float x1 = i + 1 < inputs ? in[at + 1] : 0f;
            float x2 = i + 2 < inputs ? in[at + 2] : 0f;
            addFour(weights, i, in[at], x1, x2, 0f, out, outputs);
        }
        activation.apply(out, outputs);
    }

    private static void addFour(
            float[][] weights, int i, float x0, float x1, float x2, float x3, float[] sums, int outputs) {
        float[] w0 = weights[i];
        float[] w1 = weights[i + 1];
        float[] w2 = weights[i + 2];
        float[] w3 = weights[i + 3];
        for (int o = 0; o < outputs; o++) {
            sums[o] += (x0 * w0[o] + x1 * w1[o]) + (x2 * w2[o] + x3 * w3[o]);
        }
    }
}
