/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import java.util.Arrays;

/** How raw input values become what the network was trained on: (value − shift) / scale, per input. */
public sealed interface Normalizer {

    /** What is taken off input {@code i}. */
    double shift(int i);

    /** What input {@code i} is divided by; not zero. */
    double scale(int i);

    /** The values enter the network as they are. */
    record None() implements Normalizer {
        @Override
        public double shift(int i) {
            return 0;
        }

        @Override
        public double scale(int i) {
            return 1;
        }
    }

    /** Zero mean and unit deviation over the training rows. */
    record Standardize(double[] mean, double[] deviation) implements Normalizer {
        public Standardize {
            if (mean.length != deviation.length || !Arrays.stream(deviation).allMatch(value -> value > 0)) {
                throw new IllegalArgumentException("every mean needs a deviation greater than 0");
            }
        }

        @Override
        public double shift(int i) {
            return mean[i];
        }

        @Override
        public double scale(int i) {
            return deviation[i];
        }
    }

    /** The training rows' range onto 0 to 1. */
    record MinMax(double[] min, double[] max) implements Normalizer {
        public MinMax {
            boolean sound = min.length == max.length;
            for (int i = 0; sound && i < min.length; i++) {
                sound = max[i] > min[i];
            }
            if (!sound) {
                throw new IllegalArgumentException("every min needs a max greater than it");
            }
        }

        @Override
        public double shift(int i) {
            return min[i];
        }

        @Override
        public double scale(int i) {
            return max[i] - min[i];
        }
    }
}
