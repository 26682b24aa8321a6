/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import io.millrace.monitor.exact.FixedPointSum;
import io.millrace.monitor.part.PanePart;
import java.io.DataOutput;
import java.io.IOException;

/** Predicted classes and labels of one window: how many were right, and the logarithms of what the labels were given. */
public final class MulticlassPane implements PanePart<MulticlassPane> {

    private static final double LEAST_PROBABILITY = 1e-15;

    private final long windowStartMillis;
    long rows;
    long right;
    long unusable;
    FixedPointSum logLoss = new FixedPointSum();

    /** @param windowStartMillis inclusive, event time */
    public MulticlassPane(long windowStartMillis) {
        this.windowStartMillis = windowStartMillis;
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /**
     * Counts one labelled prediction; one whose label is given no probability between 0 and 1 is counted as unusable.
     *
     * @param predicted the class decided for
     * @param label the true class
     * @param ofLabel the probability that was given to the true class
     */
    public void add(int predicted, int label, double ofLabel) {
        if (!(ofLabel >= 0 && ofLabel <= 1)) {
            unusable++;
            return;
        }
        rows++;
        if (predicted == label) {
            right++;
        }
        logLoss.add(-StrictMath.log(Math.max(LEAST_PROBABILITY, ofLabel)));
    }

    /** Adds what another pane of the same window counted; the other stays as it is. */
    @Override
    public void merge(MulticlassPane other) {
        PaneCheck.sameWindow(windowStartMillis, other.windowStartMillis);
        rows += other.rows;
        right += other.right;
        unusable += other.unusable;
        logLoss.merge(other.logLoss);
    }

    public double accuracy() {
        return rows == 0 ? Double.NaN : (double) right / rows;
    }

    public double logLoss() {
        return logLoss.value() / rows;
    }

    @Override
    public MulticlassPane copy() {
        MulticlassPane copy = new MulticlassPane(windowStartMillis);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        PerformancePaneCodec.write(this, out);
    }
}
