/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.FixedPointSum;
import io.millrace.monitor.part.PanePart;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the decisions of one window were worth, and what others would have been.
 *
 * <p>A threshold t is worth Σ worth(negative) + Σ over score ≥ t of gain, where gain = worth(positive) − worth(negative)
 * given the label. {@link #merge} is commutative and associative. Not thread-safe.
 */
public final class ValuePane implements PanePart<ValuePane> {

    final ValueLayout layout;
    final long[] binRows;
    final FixedPointSum[] binGains;
    final GainSample sample;
    FixedPointSum realised = new FixedPointSum();
    FixedPointSum undecided = new FixedPointSum();
    long rows;
    long flagged;
    long unusable;
    private final long windowStartMillis;

    /** @param windowStartMillis inclusive, event time */
    public ValuePane(long windowStartMillis, ValueLayout layout) {
        this.windowStartMillis = windowStartMillis;
        this.layout = layout;
        this.binRows = new long[layout.thresholds().bins()];
        this.binGains = new FixedPointSum[binRows.length];
        for (int bin = 0; bin < binGains.length; bin++) {
            binGains[bin] = new FixedPointSum();
        }
        this.sample = new GainSample(layout.exactLimit());
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /** Counts one labelled decision; a score that is NaN or a worth that is not finite is counted as unusable. */
    public void add(double score, boolean decision, boolean positive, Worth worth) {
        if (Double.isNaN(score) || !worth.isUsable(positive)) {
            unusable++;
            return;
        }
        rows++;
        flagged += decision ? 1 : 0;
        double negative = worth.of(false, positive);
        double gain = worth.of(true, positive) - negative;
        realised.add(worth.of(decision, positive));
        undecided.add(negative);
        int bin = layout.thresholds().bin(score);
        binRows[bin]++;
        binGains[bin].add(gain);
        sample.add(score, gain);
    }

    /**
     * Adds what another pane of the same window and layout counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other is of another window or layout
     */
    @Override
    public void merge(ValuePane other) {
        if (windowStartMillis != other.windowStartMillis || !layout.equals(other.layout)) {
            throw new IllegalArgumentException("a pane at " + other.windowStartMillis + " with " + other.layout
                    + " does not merge into one at " + windowStartMillis + " with " + layout);
        }
        rows += other.rows;
        flagged += other.flagged;
        unusable += other.unusable;
        realised.merge(other.realised);
        undecided.merge(other.undecided);
        for (int bin = 0; bin < binRows.length; bin++) {
            binRows[bin] += other.binRows[bin];
            binGains[bin].merge(other.binGains[bin]);
        }
        sample.merge(other.sample);
    }

    /** How many decisions were counted. */
    public long rows() {
        return rows;
    }

    /** How many of them were positive. */
    public long flagged() {
        return flagged;
    }

    /** What the decisions were worth. */
    public double realised() {
        return realised.value();
    }

    /** Whether every threshold can be tried. */
    public boolean isExact() {
        return sample.isWhole();
    }

    @Override
    public ValuePane copy() {
        ValuePane copy = new ValuePane(windowStartMillis, layout);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        ValuePaneCodec.write(this, out);
    }
}
