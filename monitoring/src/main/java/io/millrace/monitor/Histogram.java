/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of whole numbers from 0 on fixed log-linear edges: 0 to 255 exactly, then 128 buckets for each doubling, so a
 * percentile read from it is at most 1/128 (0.8 %) above the exact one. Adding and merging are integer additions:
 * any order and any split give the same counts. Log-linear buckets after HdrHistogram (G. Tene).
 */
final class Histogram {

    private static final int PRECISION_BITS = 7;
    private static final int HALF = 1 << PRECISION_BITS;
    private static final int BUCKETS = (Long.SIZE - PRECISION_BITS) * HALF;

    private final long[] counts = new long[BUCKETS];
    private long total;

    /** Counts a value; a negative one counts as 0. */
    void add(long value) {
        counts[bucket(Math.max(0, value))]++;
        total++;
    }

    void merge(Histogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    Histogram copy() {
        Histogram copy = new Histogram();
        copy.merge(this);
        return copy;
    }

    long total() {
        return total;
    }

    /**
     * The least value that is not below the share {@code quantile} of all values, rounded up to its bucket's upper edge;
     * NaN when nothing was counted.
     */
    double percentile(double quantile) {
        if (total == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(quantile * total));
        long below = 0;
        int bucket = 0;
        for (; bucket < BUCKETS; bucket++) {
            below += counts[bucket];
            if (below >= rank) {
                break;
            }
        }
        return (double) upperEdge(bucket);
    }

    static int bucket(long value) {
        if (value < 2 * HALF) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - PRECISION_BITS;
        return shift * HALF + (int) (value >>> shift);
    }

    static long upperEdge(int bucket) {
        if (bucket < 2 * HALF) {
            return bucket;
        }
        int shift = bucket / HALF - 1;
        long within = bucket - (long) shift * HALF;
        return ((within + 1) << shift) - 1;
    }

    /** The buckets that hold something: how many, then index and count of each. */
    void write(DataOutput out) throws IOException {
        int filled = 0;
        for (long count : counts) {
            filled += count == 0 ? 0 : 1;
        }
        out.writeInt(filled);
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] != 0) {
                out.writeShort(i);
                out.writeLong(counts[i]);
            }
        }
    }

    static Histogram read(DataInput in) throws IOException {
        Histogram histogram = new Histogram();
        int filled = in.readInt();
        for (int i = 0; i < filled; i++) {
            int bucket = in.readUnsignedShort();
            if (bucket >= BUCKETS) {
                throw new IOException("histogram: bucket " + bucket + " of " + BUCKETS + ". The bytes are damaged.");
            }
            long count = in.readLong();
            histogram.counts[bucket] += count;
            histogram.total += count;
        }
        return histogram;
    }
}
