/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Fixed borders between bins. Bin b holds the values above border b − 1 and not above border b; n borders make n + 1 bins,
 * the first and the last without an end.
 */
public final class Edges {

    /** More than any monitor has; a greater number in bytes is damage. */
    private static final int MOST = 1 << 16;

    private final double[] borders;

    private Edges(double[] borders) {
        this.borders = borders;
    }

    /**
     * Borders in any order; equal ones count once.
     *
     * @throws IllegalArgumentException when one is not finite
     */
    public static Edges of(double... borders) {
        double[] sorted = Arrays.stream(borders).sorted().distinct().toArray();
        for (double border : sorted) {
            if (!Double.isFinite(border)) {
                throw new IllegalArgumentException("borders of bins must be finite, found " + border);
            }
        }
        return new Edges(sorted);
    }

    /** The n − 1 inner borders of n equal bins of [0, 1]. */
    public static Edges unitInterval(int bins) {
        double[] borders = new double[bins - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = (i + 1) * (1.0 / bins);
        }
        return of(borders);
    }

    /**
     * The inner borders of bins that each hold about the same number of the given values.
     *
     * @param sorted ascending, at least one
     */
    public static Edges quantiles(double[] sorted, int bins) {
        double[] borders = new double[bins - 1];
        for (int i = 0; i < borders.length; i++) {
            int rank = (int) ((long) sorted.length * (i + 1) / bins);
            borders[i] = sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
        }
        return of(borders);
    }

    /** How many bins there are. */
    public int bins() {
        return borders.length + 1;
    }

    /** The border above a bin; positive infinity for the last. */
    public double upper(int bin) {
        return bin == borders.length ? Double.POSITIVE_INFINITY : borders[bin];
    }

    /** The bin of a value that is not NaN: how many borders are below it. */
    public int bin(double value) {
        int from = 0;
        int to = borders.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (borders[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    public void write(DataOutput out) throws IOException {
        CountCodec.write(borders.length, out);
        for (double border : borders) {
            out.writeDouble(border);
        }
    }

    /** @throws IOException when the bytes are damaged */
    public static Edges read(DataInput in) throws IOException {
        double[] borders = new double[CountCodec.readBelow(MOST, "number of borders", in)];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = in.readDouble();
            if (!Double.isFinite(borders[i]) || i > 0 && !(borders[i - 1] < borders[i])) {
                throw new IOException("pane: border " + i + " is " + borders[i]
                        + ", expected a finite one above the one before. The bytes are damaged");
            }
        }
        return new Edges(borders);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Edges edges && Arrays.equals(borders, edges.borders);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(borders);
    }

    @Override
    public String toString() {
        return Arrays.toString(borders);
    }
}
