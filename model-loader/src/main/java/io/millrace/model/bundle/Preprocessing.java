/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

/**
 * What happens to the inputs before the network: {@code normalizer.json}.
 *
 * @param means the training mean of each input, in raw units, which replaces a missing value; NaN where it is not known
 * @param normalizer applied after the means are in
 */
public record Preprocessing(double[] means, Normalizer normalizer) {

    /**
     * Writes one row as the network wants it.
     *
     * @param features raw values; NaN is missing
     * @param slots where in {@code features} each input stands
     * @return -1, or the first input that cannot enter the network: missing without a mean, or not a finite float
     */
    public int prepare(double[] features, int[] slots, float[] rows, int offset) {
        for (int i = 0; i < slots.length; i++) {
            double value = features[slots[i]];
            if (Double.isNaN(value)) {
                value = means[i];
            }
            float prepared = (float) ((value - normalizer.shift(i)) / normalizer.scale(i));
            if (!Float.isFinite(prepared)) {
                return i;
            }
            rows[offset + i] = prepared;
        }
        return -1;
    }
}
