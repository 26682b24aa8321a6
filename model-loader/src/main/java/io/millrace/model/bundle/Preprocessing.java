/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import io.millrace.model.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to the inputs before the network: {@code normalizer.json}.
 *
 * <p>Where features are sequences, a step without any value is padding and leaves as NaN, all of it; in a step with some
 * values a missing one becomes its mean, as everywhere else.
 *
 * @param means the training mean of each flat slot, in raw units, which replaces a missing value; NaN where it is not known
 * @param normalizer applied after the means are in
 */
public record Preprocessing(double[] means, Normalizer normalizer) {

    /**
     * Writes one row as the network wants it.
     *
     * @param features raw values; NaN is missing
     * @param slots where in {@code features} each flat slot of the inputs stands
     * @return -1, or the first slot that cannot enter the network: missing without a mean, or not a finite float; of a
     *     sequence that is all padding, its newest step
     */
    public int prepare(InputLayout layout, double[] features, int[] slots, float[] rows, int offset) {
        List<NetworkInput> inputs = layout.inputs();
        int from = 0;
        int wrong = -1;
        for (int i = 0; wrong < 0 && i < inputs.size(); i++) {
            NetworkInput input = inputs.get(i);
            int to = from + input.shape().values();
            wrong = input.ofSequences()
                    ? sequence(input.shape(), features, slots, from, rows, offset)
                    : values(features, slots, from, to, rows, offset);
            from = to;
        }
        return wrong;
    }

    private int sequence(Shape shape, double[] features, int[] slots, int first, float[] rows, int offset) {
        int channels = shape.channels();
        int wrong = -1;
        boolean empty = true;
        for (int from = first; wrong < 0 && from < first + shape.values(); from += channels) {
            if (isPadding(features, slots, from, from + channels)) {
                Arrays.fill(rows, offset + from, offset + from + channels, Float.NaN);
            } else {
                empty = false;
                wrong = values(features, slots, from, from + channels, rows, offset);
            }
        }
        return wrong < 0 && empty ? first + shape.values() - channels : wrong;
    }

    private static boolean isPadding(double[] features, int[] slots, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(features[slots[i]])) {
                return false;
            }
        }
        return true;
    }

    private int values(double[] features, int[] slots, int from, int to, float[] rows, int offset) {
        for (int i = from; i < to; i++) {
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
