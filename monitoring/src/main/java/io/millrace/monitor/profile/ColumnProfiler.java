/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import io.millrace.monitor.exact.Edges;
import java.util.Arrays;

/** Makes the profile of a column out of its values. The same values in any order make the same profile. */
public final class ColumnProfiler {

    static final int MOST_SAMPLED = 2_000;
    private static final int BINS = 10;
    private static final int MOST_VALUES = 20;

    private ColumnProfiler() {}

    /**
     * The profile of a column.
     *
     * @param values NaN is missing
     * @throws IllegalArgumentException when one is infinite
     */
    public static ColumnProfile of(String name, double[] values) {
        double[] present = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (present.length > 0 && (Double.isInfinite(present[0]) || Double.isInfinite(present[present.length - 1]))) {
            throw new IllegalArgumentException("column '" + name + "' has an infinite value. Leave the row out.");
        }
        Edges edges = edges(present);
        long[] counts = new long[edges.bins() + 1];
        for (double value : present) {
            counts[edges.bin(value)]++;
        }
        counts[edges.bins()] = (long) values.length - present.length;
        double mean = mean(present);
        return new ColumnProfile(
                name,
                present.length == 0 ? Double.NaN : present[0],
                present.length == 0 ? Double.NaN : present[present.length - 1],
                mean,
                deviation(present, mean),
                edges,
                counts,
                sample(present));
    }

    private static Edges edges(double[] present) {
        if (present.length == 0) {
            return Edges.of();
        }
        double[] different = Arrays.stream(present).distinct().toArray();
        double[] inner = different.length <= MOST_VALUES ? different : quantiles(present);
        double[] borders = Arrays.copyOf(inner, inner.length + 2);
        borders[inner.length] = Math.nextDown(present[0]);
        borders[inner.length + 1] = present[present.length - 1];
        return Edges.of(borders);
    }

    private static double[] quantiles(double[] present) {
        Edges quantiles = Edges.quantiles(present, BINS);
        double[] borders = new double[quantiles.bins() - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = quantiles.upper(i);
        }
        return borders;
    }

    private static double mean(double[] present) {
        return present.length == 0 ? Double.NaN : Arrays.stream(present).sum() / present.length;
    }

    private static double deviation(double[] present, double mean) {
        double sum = 0;
        for (double value : present) {
            sum += (value - mean) * (value - mean);
        }
        return present.length == 0 ? Double.NaN : Math.sqrt(sum / present.length);
    }

    private static double[] sample(double[] present) {
        if (present.length <= MOST_SAMPLED) {
            return present;
        }
        double[] sample = new double[MOST_SAMPLED];
        for (int i = 0; i < MOST_SAMPLED; i++) {
            sample[i] = present[(int) ((2L * i + 1) * present.length / (2L * MOST_SAMPLED))];
        }
        return sample;
    }
}
