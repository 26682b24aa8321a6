/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import java.util.Arrays;

/** Bins with two ends: each holds its lower border, the last its upper one too. What lies outside is in none. */
final class Bins {

    private final double[] borders;

    private Bins(double[] borders) {
        this.borders = borders;
    }

    /** Equal widths, as many as Sturges says: ⌈log2 n⌉ + 1. */
    static Bins sturges(Sample sample) {
        return equal(sample, 1 + log2(sample.size()));
    }

    /** Equal widths, as many as Doane says: Sturges's number and more for what is skewed. */
    static Bins doane(Sample sample) {
        double n = sample.size();
        if (n < 3) {
            return equal(sample, 1);
        }
        double spread = Math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
        return equal(sample, 1 + log2(n) + log2(1 + Math.abs(sample.skewness()) / spread));
    }

    /** Borders at quantiles of a sample. */
    static Bins quantiles(Sample sample, int bins) {
        double[] borders = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            borders[i] = sample.quantile((double) i / bins);
        }
        return new Bins(borders);
    }

    private static Bins equal(Sample sample, double wanted) {
        double least = sample.least();
        double greatest = sample.greatest();
        if (least == greatest) {
            return new Bins(new double[] {least - 0.5, greatest + 0.5});
        }
        int bins = (int) Math.ceil(wanted);
        double step = (greatest - least) / bins;
        double[] borders = new double[bins + 1];
        for (int i = 0; i < bins; i++) {
            borders[i] = least + i * step;
        }
        borders[bins] = greatest;
        return new Bins(borders);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    int size() {
        return borders.length - 1;
    }

    long[] count(Sample sample) {
        return count(sample, false);
    }

    /** The same with everything below in the first bin and everything above in the last. */
    long[] countClipped(Sample sample) {
        return count(sample, true);
    }

    private long[] count(Sample sample, boolean clipped) {
        long[] counts = new long[size()];
        for (double value : sample.values()) {
            int bin = bin(value);
            if (clipped) {
                counts[Math.max(0, Math.min(bin, counts.length - 1))]++;
            } else if (bin >= 0 && bin < counts.length) {
                counts[bin]++;
            }
        }
        return counts;
    }

    /** The bin of a value; −1 below all, the number of bins above all. */
    private int bin(double value) {
        int last = borders.length - 1;
        if (value == borders[last]) {
            return last - 1;
        }
        int found = Arrays.binarySearch(borders, value);
        int bin = found >= 0 ? lastEqual(found) : -found - 2;
        return Math.min(bin, last);
    }

    private int lastEqual(int found) {
        int last = found;
        while (last + 1 < borders.length && borders[last + 1] == borders[found]) {
            last++;
        }
        return last;
    }
}
