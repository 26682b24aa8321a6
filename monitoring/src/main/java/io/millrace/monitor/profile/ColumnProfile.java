/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import io.millrace.monitor.exact.Edges;

/**
 * One column of the reference: a feature, the score or the label.
 *
 * <p>Bins: the first is below everything that was seen, the last but one above, the last of {@code counts} is for what is
 * missing. Where at most 20 different values were seen, each has a bin of its own; otherwise ten bins hold a tenth each.
 *
 * @param least NaN where nothing was present; so are the next three
 * @param deviation of a population: divided by n
 * @param edges the borders of the bins
 * @param counts by bin, then missing
 * @param sample ascending: all values, or evenly spaced ranks of them where there were more than 2,000
 */
public record ColumnProfile(
        String name,
        double least,
        double greatest,
        double mean,
        double deviation,
        Edges edges,
        long[] counts,
        double[] sample) {

    /** How many bins {@code counts} has, what is missing included. */
    public int bins() {
        return edges.bins() + 1;
    }

    /** The bin of a value; NaN is missing. */
    public int bin(double value) {
        return Double.isNaN(value) ? edges.bins() : edges.bin(value);
    }

    /** How many rows there were, those without a value included. */
    public long rows() {
        long rows = 0;
        for (long count : counts) {
            rows += count;
        }
        return rows;
    }

    public long missing() {
        return counts[counts.length - 1];
    }

    /** The borders from the least to the greatest value. */
    public double[] borders() {
        double[] borders = new double[edges.bins() - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = edges.upper(i);
        }
        return borders;
    }
}
