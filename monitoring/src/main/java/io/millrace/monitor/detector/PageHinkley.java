/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.detector;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.FixedPointSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The test of Page and Hinkley for a rise of the mean: S_t = max(0, α·S_{t−1} + x_t − m_t − δ), where m_t is the mean of all
 * values so far, x_t among them; a change when S_t ≥ λ and enough values were seen. It starts anew after a change.
 *
 * <p>Feed the negated values to find a fall. The result depends on the order of the values.
 */
public final class PageHinkley {

    private static final int VERSION = 1;

    private final Settings settings;
    private long seen;
    private double mean;
    private double sum;

    public PageHinkley(Settings settings) {
        this.settings = settings;
    }

    /**
     * Takes the next value.
     *
     * @return whether the mean rose; the state is then empty again
     * @throws IllegalArgumentException when the value is not below 2^96 in magnitude, or NaN
     */
    public boolean add(double value) {
        if (!FixedPointSum.takes(value)) {
            throw new IllegalArgumentException("Page-Hinkley takes magnitudes below 2^96, found " + value);
        }
        seen++;
        mean += (value - mean) / seen;
        sum = Math.max(0, settings.forgetting() * sum + value - mean - settings.tolerance());
        boolean changed = seen >= settings.leastValues() && sum >= settings.threshold();
        if (changed) {
            reset();
        }
        return changed;
    }

    private void reset() {
        seen = 0;
        mean = 0;
        sum = 0;
    }

    /** How many values it has taken since it began or since the last change. */
    public long seen() {
        return seen;
    }

    /** The mean of these values; 0 when there are none. */
    public double mean() {
        return mean;
    }

    /** S_t, never negative. */
    public double sum() {
        return sum;
    }

    /** The state without the settings. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        CountCodec.write(seen, out);
        out.writeDouble(mean);
        out.writeDouble(sum);
    }

    /** @throws IOException when the bytes are damaged or of another version */
    public static PageHinkley read(Settings settings, DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        PageHinkley read = new PageHinkley(settings);
        read.seen = CountCodec.read(in);
        read.mean = in.readDouble();
        read.sum = in.readDouble();
        if (!Double.isFinite(read.mean) || !Double.isFinite(read.sum) || read.sum < 0) {
            throw new IOException("Page-Hinkley: mean " + read.mean + " and sum " + read.sum
                    + ", expected finite numbers and no negative sum. The bytes are damaged");
        }
        return read;
    }

    /**
     * What counts as a change.
     *
     * @param tolerance δ, how far a value may lie above the mean and count for nothing
     * @param threshold λ, in units of the values
     * @param forgetting α, in (0, 1]
     * @param leastValues no change is told before so many values
     */
    public record Settings(double tolerance, double threshold, double forgetting, long leastValues) {

        /** The defaults of River: δ = 0.005, λ = 50, α = 0.9999; its 30 are 29 values, as its count begins at 1. */
        public static final Settings DEFAULT = new Settings(0.005, 50, 0.9999, 29);

        public Settings {
            if (!(tolerance >= 0) || !(threshold > 0) || !(forgetting > 0 && forgetting <= 1) || leastValues < 1) {
                throw new IllegalArgumentException("Page-Hinkley: tolerance " + tolerance + ", threshold " + threshold
                        + ", forgetting " + forgetting + ", least values " + leastValues
                        + "; expected at least 0, above 0, in (0, 1], at least 1");
            }
        }
    }
}
