/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import java.util.Arrays;

/** The shape of one row's values at a place of a network. Flat, they stand row-major in this order, channels last. */
public sealed interface Shape {

    /** The most values that a row may have anywhere. */
    int MAX_VALUES = 10_000_000;

    int[] dimensions();

    /** How many values stand side by side at each step or place. */
    int channels();

    /** The product of the dimensions. */
    default int values() {
        int values = 1;
        for (int dimension : dimensions()) {
            values *= dimension;
        }
        return values;
    }

    /** How it is written: {@code [10, 3]}. */
    default String text() {
        return Arrays.toString(dimensions());
    }

    /** The shape of one to three dimensions. */
    static Shape of(int... dimensions) {
        return switch (dimensions.length) {
            case 1 -> new Row(dimensions[0]);
            case 2 -> new Sequence(dimensions[0], dimensions[1]);
            case 3 -> new Image(dimensions[0], dimensions[1], dimensions[2]);
            default ->
                throw new IllegalArgumentException("has " + dimensions.length
                        + " dimensions, a row has one, a sequence two (steps, channels), an image three (height, width,"
                        + " channels)");
        };
    }

    private static void check(int... dimensions) {
        long values = 1;
        for (int dimension : dimensions) {
            if (dimension < 1 || dimension > MAX_VALUES) {
                throw new IllegalArgumentException(
                        "is " + Arrays.toString(dimensions) + ", every dimension is from 1 to " + MAX_VALUES);
            }
            values *= dimension;
            if (values > MAX_VALUES) {
                throw new IllegalArgumentException(
                        "is " + Arrays.toString(dimensions) + ", which is more than " + MAX_VALUES + " values");
            }
        }
    }

    /** Values side by side. */
    record Row(int width) implements Shape {
        public Row {
            check(width);
        }

        @Override
        public int[] dimensions() {
            return new int[] {width};
        }

        @Override
        public int channels() {
            return width;
        }
    }

    /** Steps in time, the newest last. */
    record Sequence(int steps, int channels) implements Shape {
        public Sequence {
            check(steps, channels);
        }

        @Override
        public int[] dimensions() {
            return new int[] {steps, channels};
        }
    }

    /** Places on a plane. */
    record Image(int height, int width, int channels) implements Shape {
        public Image {
            check(height, width, channels);
        }

        @Override
        public int[] dimensions() {
            return new int[] {height, width, channels};
        }
    }

    /** The steps of a sequence, each passing as a row of its own. Inside a network only. */
    record Unrolled(int steps, int channels) implements Shape {
        public Unrolled {
            check(steps, channels);
        }

        @Override
        public int[] dimensions() {
            return new int[] {steps, channels};
        }
    }
}
