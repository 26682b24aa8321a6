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
 * All values of a window as long as there are no more than a limit; beyond it none, only their number.
 *
 * <p>So whether it is whole depends on how many values there were and never on which came first. A limit of 0 keeps nothing.
 */
public final class BoundedSample {

    private static final double[] NONE = {};
    private static final int FIRST_SIZE = 64;

    private final int limit;
    private double[] values = NONE;
    private long seen;
    private boolean sorted = true;

    public BoundedSample(int limit) {
        this.limit = limit;
    }

    public void add(double value) {
        if (seen < limit) {
            grow((int) seen + 1);
            values[(int) seen] = value;
            sorted = false;
        } else {
            values = NONE;
        }
        seen++;
    }

    private void grow(int size) {
        if (size > values.length) {
            int room = Math.max(FIRST_SIZE, Math.max(size, values.length + (values.length >> 1)));
            values = Arrays.copyOf(values, Math.min(limit, room));
        }
    }

    /** Adds the values of another sample of the same limit; the other stays as it is. */
    public void merge(BoundedSample other) {
        long both = seen + other.seen;
        if (both <= limit) {
            grow((int) both);
            System.arraycopy(other.values, 0, values, (int) seen, (int) other.seen);
            sorted = other.seen == 0 && sorted;
        } else {
            values = NONE;
        }
        seen = both;
    }

    public BoundedSample copy() {
        BoundedSample copy = new BoundedSample(limit);
        copy.values = values.clone();
        copy.seen = seen;
        copy.sorted = sorted;
        return copy;
    }

    /** How many values it has room for. */
    public int limit() {
        return limit;
    }

    /** How many values there were. */
    public long seen() {
        return seen;
    }

    /** Whether all values are here. */
    public boolean isWhole() {
        return seen <= limit;
    }

    /** The values in ascending order, as an array of their own; empty when the sample is not whole. */
    public double[] sorted() {
        if (!isWhole()) {
            return NONE;
        }
        if (!sorted) {
            Arrays.sort(values, 0, (int) seen);
            sorted = true;
        }
        return Arrays.copyOf(values, (int) seen);
    }

    /** The values in ascending order, so equal samples have equal bytes. */
    public void write(DataOutput out) throws IOException {
        CountCodec.write(seen, out);
        for (double value : sorted()) {
            out.writeDouble(value);
        }
    }

    /** @throws IOException when the bytes are damaged */
    public static BoundedSample read(int limit, DataInput in) throws IOException {
        BoundedSample sample = new BoundedSample(limit);
        long seen = CountCodec.read(in);
        if (seen > limit) {
            sample.seen = seen;
            return sample;
        }
        for (long i = 0; i < seen; i++) {
            sample.add(in.readDouble());
        }
        return sample;
    }
}
