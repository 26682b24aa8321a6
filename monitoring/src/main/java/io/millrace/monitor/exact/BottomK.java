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
 * The k least of the hashes that were seen, each with how often: a uniform sample of different values, whatever order they came in.
 * With fewer than k different values it holds all of them. Merging is commutative and associative. Not thread-safe.
 *
 * <p>Different values are estimated by (k − 1) / (the k-th least hash as a share of all hashes), with a relative standard error of
 * 1/√(k − 2) (Z. Bar-Yossef et al., "Counting distinct elements in a data stream", 2002; K. Beyer et al., SIGMOD 2007).
 */
public final class BottomK {

    private static final int VERSION = 1;
    private static final int MOST = 1 << 20;
    private static final int FIRST_ROOM = 64;

    private final int k;
    private long[] hashes = {};
    private long[] counts = {};
    private int size;
    /** Hashes from here on, unsigned, are not among the least. */
    private long bound = -1;

    private boolean bounded;

    public BottomK(int k) {
        if (k < 3 || k >= MOST) {
            throw new IllegalArgumentException("a sketch keeps from 3 to " + (MOST - 1) + " hashes, found " + k);
        }
        this.k = k;
    }

    /** Counts a value by its hash. */
    public void add(long hash) {
        add(hash, 1);
    }

    private void add(long hash, long count) {
        if (bounded && Long.compareUnsigned(hash, bound) >= 0) {
            return;
        }
        if (3 * (size + 1) > 2 * hashes.length) {
            makeRoom();
            add(hash, count);
            return;
        }
        int place = place(hash);
        if (counts[place] == 0) {
            hashes[place] = hash;
            size++;
        }
        counts[place] += count;
    }

    private int place(long hash) {
        int mask = hashes.length - 1;
        int place = (int) hash & mask;
        while (counts[place] != 0 && hashes[place] != hash) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** Drops what is not among the least once there are twice as many, and grows until then. */
    private void makeRoom() {
        long[] kept = size >= 2 * k ? least() : used();
        long[] keptCounts = new long[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptCounts[i] = counts[place(kept[i])];
        }
        int room = Math.max(FIRST_ROOM, Integer.highestOneBit(Math.max(1, 3 * kept.length)) << 1);
        hashes = new long[room];
        counts = new long[room];
        size = kept.length;
        for (int i = 0; i < kept.length; i++) {
            int place = place(kept[i]);
            hashes[place] = kept[i];
            counts[place] = keptCounts[i];
        }
    }

    private long[] used() {
        long[] used = new long[size];
        int next = 0;
        for (int place = 0; place < hashes.length; place++) {
            if (counts[place] != 0) {
                used[next++] = hashes[place];
            }
        }
        return used;
    }

    /** The k least, ascending as unsigned numbers; what is beyond is known not to count from then on. */
    private long[] least() {
        long[] sorted = sorted();
        if (sorted.length <= k) {
            return sorted;
        }
        bound = sorted[k];
        bounded = true;
        return Arrays.copyOf(sorted, k);
    }

    private long[] sorted() {
        long[] sorted = used();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Long.MIN_VALUE;
        }
        return sorted;
    }

    /** Adds what another sketch of the same k saw; the other stays as it is. */
    public void merge(BottomK other) {
        if (k != other.k) {
            throw new IllegalArgumentException("a sketch of " + other.k + " does not merge into one of " + k);
        }
        if (other.bounded && (!bounded || Long.compareUnsigned(other.bound, bound) < 0)) {
            bound = other.bound;
            bounded = true;
        }
        for (int place = 0; place < other.hashes.length; place++) {
            if (other.counts[place] != 0) {
                add(other.hashes[place], other.counts[place]);
            }
        }
    }

    public BottomK copy() {
        BottomK copy = new BottomK(k);
        copy.merge(this);
        return copy;
    }

    /** How many different values were seen; exact with fewer than k. */
    public double different() {
        long[] sorted = sorted();
        return sorted.length < k ? sorted.length : (k - 1) / share(sorted[k - 1]);
    }

    /** Where a hash stands among all, from 0 to 1. */
    private static double share(long hash) {
        return ((hash >>> 11) + 0.5) * 0x1p-53;
    }

    /** How many values of the sample were seen, repetitions included. */
    public long sampled() {
        long sum = 0;
        for (long hash : leastCopy()) {
            sum += counts[place(hash)];
        }
        return sum;
    }

    /** The share of values that had been seen before; NaN when there were none. */
    public double repeated() {
        long[] least = leastCopy();
        long sum = 0;
        for (long hash : least) {
            sum += counts[place(hash)];
        }
        return sum == 0 ? Double.NaN : (double) (sum - least.length) / sum;
    }

    private long[] leastCopy() {
        long[] sorted = sorted();
        return sorted.length <= k ? sorted : Arrays.copyOf(sorted, k);
    }

    /** The k least with their counts: equal samples have equal bytes. */
    public void write(DataOutput out) throws IOException {
        long[] least = leastCopy();
        out.writeByte(VERSION);
        CountCodec.write(k, out);
        CountCodec.write(least.length, out);
        for (long hash : least) {
            out.writeLong(hash);
            CountCodec.write(counts[place(hash)], out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static BottomK read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        int k = CountCodec.readBelow(MOST, "size of the sketch", in);
        int least = CountCodec.readBelow(k + 1, "number of hashes", in);
        if (k < 3) {
            throw new IOException("pane: a sketch of " + k + " hashes, expected 3 or more. The bytes are damaged");
        }
        BottomK sketch = new BottomK(k);
        for (int i = 0; i < least; i++) {
            sketch.add(in.readLong(), Math.max(1, CountCodec.read(in)));
        }
        return sketch;
    }
}
