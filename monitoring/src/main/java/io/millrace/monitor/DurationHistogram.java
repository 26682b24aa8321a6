/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.util.Arrays;

/**
 * Counts of durations in milliseconds on fixed log-linear buckets.
 *
 * <p>Below 128 ms a bucket is one millisecond. From there each power of two has 64 buckets of equal width, as in
 * HdrHistogram, and a value is told as the middle of its bucket, so a percentile is off by less than 1/128 of itself
 * (0.79 %). The buckets never depend on what was seen: histograms merge by adding integers, in any order.
 */
final class DurationHistogram {

    /** One more than the greatest bucket a {@code long} can fall into. */
    static final int BUCKETS = 58 * 64;

    /** 2^6 buckets to an octave. */
    private static final int PRECISION = 6;

    private static final int PER_OCTAVE = 1 << PRECISION;

    private long total;
    private long clamped;
    private long[] counts;

    DurationHistogram() {
        counts = new long[0];
    }

    private DurationHistogram(DurationHistogram other) {
        total = other.total;
        clamped = other.clamped;
        counts = other.counts.clone();
    }

    /** Counts a duration; one below zero (two clocks that disagree) counts as zero, and as clamped. */
    void add(long millis) {
        if (millis < 0) {
            clamped++;
        }
        addTo(bucket(Math.max(0, millis)), 1);
    }

    void addTo(int bucket, long count) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, (bucket / PER_OCTAVE + 1) * PER_OCTAVE);
        }
        counts[bucket] += count;
        total += count;
    }

    void addClamped(long count) {
        clamped += count;
    }

    void merge(DurationHistogram other) {
        for (int bucket = other.counts.length - 1; bucket >= 0; bucket--) {
            if (other.counts[bucket] != 0) {
                addTo(bucket, other.counts[bucket]);
            }
        }
        clamped += other.clamped;
    }

    DurationHistogram copy() {
        return new DurationHistogram(this);
    }

    /** How many durations were counted. */
    long total() {
        return total;
    }

    /** How many of them were below zero. */
    long clamped() {
        return clamped;
    }

    /** Buckets from here on are empty. */
    int length() {
        return counts.length;
    }

    /** How many buckets are not empty. */
    int filled() {
        int filled = 0;
        for (long count : counts) {
            if (count != 0) {
                filled++;
            }
        }
        return filled;
    }

    long count(int bucket) {
        return counts[bucket];
    }

    /**
     * The nearest-rank percentile: the smallest duration that at least this share of all is not above.
     *
     * @param perMille from 1 to 1000
     * @return milliseconds; NaN when nothing was counted
     */
    double percentile(int perMille) {
        long rank = rank(perMille);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (counts[bucket] != 0 && seen >= rank) {
                return middle(bucket);
            }
        }
        return Double.NaN;
    }

    /** ⌈total · perMille / 1000⌉, without leaving the integers or overflowing them. */
    private long rank(int perMille) {
        return total / 1000 * perMille + (total % 1000 * perMille + 999) / 1000;
    }

    static int bucket(long millis) {
        int octave = Math.max(0, 63 - Long.numberOfLeadingZeros(millis) - PRECISION);
        return octave * PER_OCTAVE + (int) (millis >>> octave);
    }

    static double middle(int bucket) {
        int octave = Math.max(0, bucket / PER_OCTAVE - 1);
        long lowest = (long) (bucket - octave * PER_OCTAVE) << octave;
        return lowest + ((1L << octave) - 1) / 2.0;
    }
}
