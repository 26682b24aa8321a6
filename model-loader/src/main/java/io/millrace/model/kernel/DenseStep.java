/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/**
 * A dense layer: activation(x·W + b), for layers with several outputs.
 *
 * <p>The inner loop runs over outputs and adds four inputs' contributions to every sum, so that the JIT vectorizes it
 * without touching the order inside any one sum: ((x0·w0 + x1·w1) + (x2·w2 + x3·w3)) added to the sum so far, four inputs
 * at a time, then what is left one by one. Each row of weights is an array of its own and every array is indexed by the
 * loop's variable alone; HotSpot 17 does not vectorize the loop otherwise.
 */
final class DenseStep implements Step {

    private final float[][] weights;
    private final float[] bias;
    private final ActivationFunction activation;

    /**
     * A layer.
     *
     * @param weights per input, one weight per output
     */
    DenseStep(float[][] weights, float[] bias, ActivationFunction activation) {
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
        int inputs = weights.length;
        int outputs = bias.length;
        System.arraycopy(bias, 0, out, 0, outputs);
        int i = 0;
        for (; i + 3 < inputs; i += 4) {
            addFour(in, offset + i, i, out, outputs);
        }
        for (; i < inputs; i++) {
            addOne(in[offset + i], weights[i], out, outputs);
        }
        activation.apply(out, outputs);
    }

    private void addFour(float[] in, int from, int i, float[] sums, int outputs) {
        float[] w0 = weights[i];
        float[] w1 = weights[i + 1];
        float[] w2 = weights[i + 2];
        float[] w3 = weights[i + 3];
        float x0 = in[from];
        float x1 = in[from + 1];
        float x2 = in[from + 2];
        float x3 = in[from + 3];
        for (int o = 0; o < outputs; o++) {
            sums[o] += (x0 * w0[o] + x1 * w1[o]) + (x2 * w2[o] + x3 * w3[o]);
        }
    }

    private static void addOne(float x, float[] w, float[] sums, int outputs) {
        for (int o = 0; o < outputs; o++) {
            sums[o] += x * w[o];
        }
    }
}
