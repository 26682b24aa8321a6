/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/** Batch normalization in scoring: (x − mean) · scale + shift, per value. */
final class ScaleStep implements Step {

    private final float[] mean;
    private final float[] scale;
    private final float[] shift;

    ScaleStep(float[] mean, float[] scale, float[] shift) {
        this.mean = mean;
        this.scale = scale;
        this.shift = shift;
    }

    @Override
    public int outputs() {
        return mean.length;
    }

    @Override
    public void apply(float[] in, int offset, float[] out) {
        for (int i = 0; i < mean.length; i++) {
            out[i] = (in[offset + i] - mean[i]) * scale[i] + shift[i];
        }
    }
}
