/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import io.millrace.monitor.exact.BoundedSample;
import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.part.PanePart;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How often the values of each column fell into each bin of its reference. Counts alone decide, so {@link #merge} is
 * commutative and associative. Not thread-safe.
 */
public final class DriftPane implements PanePart<DriftPane> {

    private static final int VERSION = 1;
    private static final int MOST_COLUMNS = 10_002;
    private static final int MOST_BINS = 1_010;

    private final long windowStartMillis;
    private final long[][] counts;
    private final BoundedSample[] samples;

    /** @param windowStartMillis inclusive, event time */
    public DriftPane(long windowStartMillis, DriftLayout layout) {
        this(windowStartMillis, new long[layout.size()][], new BoundedSample[layout.size()]);
        for (int column = 0; column < counts.length; column++) {
            counts[column] = new long[layout.columns().get(column).bins()];
            samples[column] = new BoundedSample(layout.sampled());
        }
    }

    private DriftPane(long windowStartMillis, long[][] counts, BoundedSample[] samples) {
        this.windowStartMillis = windowStartMillis;
        this.counts = counts;
        this.samples = samples;
    }

    /**
     * Counts one event.
     *
     * @param values the vector; NaN is missing
     * @param score NaN where there is none
     */
    public void add(DriftLayout layout, double[] values, double score) {
        int[] slots = layout.slots();
        boolean sampled = layout.sampled() > 0;
        for (int column = 0; column < slots.length; column++) {
            double value = slots[column] == DriftLayout.SCORE ? score : values[slots[column]];
            counts[column][layout.columns().get(column).bin(value)]++;
            if (sampled && !Double.isNaN(value)) {
                samples[column].add(value);
            }
        }
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    @Override
    public void merge(DriftPane other) {
        if (other.counts.length != counts.length) {
            throw new IllegalArgumentException(
                    "a pane of " + other.counts.length + " columns does not merge into one of " + counts.length);
        }
        for (int column = 0; column < counts.length; column++) {
            long[] mine = counts[column];
            for (int bin = 0; bin < mine.length; bin++) {
                mine[bin] += other.counts[column][bin];
            }
            samples[column].merge(other.samples[column]);
        }
    }

    @Override
    public DriftPane copy() {
        long[][] copied = new long[counts.length][];
        BoundedSample[] kept = new BoundedSample[counts.length];
        for (int column = 0; column < counts.length; column++) {
            copied[column] = counts[column].clone();
            kept[column] = samples[column].copy();
        }
        return new DriftPane(windowStartMillis, copied, kept);
    }

    long[] counts(int column) {
        return counts[column];
    }

    BoundedSample sample(int column) {
        return samples[column];
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(windowStartMillis);
        CountCodec.write(counts.length, out);
        for (int column = 0; column < counts.length; column++) {
            CountCodec.write(counts[column].length, out);
            CountCodec.writeAll(counts[column], out);
            CountCodec.write(samples[column].limit(), out);
            samples[column].write(out);
        }
    }

    /** @throws IOException when the bytes are damaged */
    public static DriftPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        int columns = CountCodec.readBelow(MOST_COLUMNS, "number of columns", in);
        DriftPane pane = new DriftPane(start, new long[columns][], new BoundedSample[columns]);
        for (int column = 0; column < columns; column++) {
            pane.counts[column] = new long[CountCodec.readBelow(MOST_BINS, "number of bins", in)];
            CountCodec.readAll(pane.counts[column], in);
            int limit = CountCodec.readBelow(DriftLayout.MOST_SAMPLED + 1, "limit of the sample", in);
            pane.samples[column] = BoundedSample.read(limit, in);
        }
        return pane;
    }
}
