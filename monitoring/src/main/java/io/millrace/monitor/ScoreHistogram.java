/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

/**
 * Scores between 0 and 1, on twenty equal bins, with their sum as an integer.
 *
 * <p>The sum is kept in units of 2^-30, each score rounded once: it is the same in any order, its mean is off by at most
 * 2^-31, and it holds more than eight thousand million scores. A score outside [0, 1] enters neither bins nor sum and is
 * counted beside them; one that is NaN (a task without a single score) is not counted.
 */
final class ScoreHistogram {

    static final int BINS = 20;

    private static final double UNITS = 1L << 30;

    private final long[] counts;
    private long units;
    private long outside;

    ScoreHistogram() {
        counts = new long[BINS];
    }

    private ScoreHistogram(ScoreHistogram other) {
        counts = other.counts.clone();
        units = other.units;
        outside = other.outside;
    }

    /** Bin b holds the scores in [b/20, (b+1)/20), the last one 1 as well. */
    void add(float score) {
        if (score >= 0 && score <= 1) {
            counts[Math.min(BINS - 1, (int) (score * (double) BINS))]++;
            units += Math.round(score * UNITS);
        } else if (!Float.isNaN(score)) {
            outside++;
        }
    }

    void addTo(int bin, long count) {
        counts[bin] += count;
    }

    void addSum(long sum, long out) {
        units += sum;
        outside += out;
    }

    void merge(ScoreHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
        addSum(other.units, other.outside);
    }

    ScoreHistogram copy() {
        return new ScoreHistogram(this);
    }

    long count(int bin) {
        return counts[bin];
    }

    long units() {
        return units;
    }

    long outside() {
        return outside;
    }

    /** How many scores lie in [0, 1]. */
    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** The mean of the scores in [0, 1]; NaN when there is none. */
    double mean() {
        return units / UNITS / total();
    }
}
