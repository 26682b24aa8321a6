/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/** A layer that is an activation function alone. */
final class ElementwiseStep implements Step {

    private final int width;
    private final ActivationFunction activation;

    ElementwiseStep(int width, ActivationFunction activation) {
        this.width = width;
        this.activation = activation;
    }

    @Override
    public int outputs() {
        return width;
    }

    @Override
    public void apply(float[] in, int offset, float[] out) {
        System.arraycopy(in, offset, out, 0, width);
        activation.apply(out, width);
    }
}
