/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.network;

import io.millrace.model.network.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way through a network that is put together.
 *
 * @param vertex the name of what gives them
 * @param order of a row that was flattened out of channels first: for each of its values, where that stands with channels
 *     last; null where both are the same
 */
public record Flow(String vertex, Shape shape, int @Nullable [] order) {

    /** Values in their natural order. */
    public static Flow of(String vertex, Shape shape) {
        return new Flow(vertex, shape, null);
    }

    /** The row that flattening makes of them, channel by channel as DL4J has them. */
    public static Flow flattened(String vertex, Shape shape) {
        int channels = shape.channels();
        int places = shape.values() / channels;
        int[] order = new int[shape.values()];
        for (int slot = 0; slot < order.length; slot++) {
            order[slot] = slot % places * channels + slot / places;
        }
        boolean natural = channels == 1 || places == 1;
        return new Flow(vertex, new Shape.Row(order.length), natural ? null : order);
    }

    /** The same order behind a layer that leaves every value where it is. */
    public Flow through(String next) {
        return new Flow(next, shape, order);
    }

    /** Rows of a matrix, one per value with channels last, in the order in which the values come. */
    public float[] ordered(float[] rows, int width) {
        if (order == null) {
            return rows;
        }
        float[] ordered = new float[rows.length];
        for (int slot = 0; slot < order.length; slot++) {
            System.arraycopy(rows, order[slot] * width, ordered, slot * width, width);
        }
        return ordered;
    }

    /** Whether the values of both stand in the same order. */
    public boolean sameOrder(Flow other) {
        return Arrays.equals(order, other.order);
    }
}
