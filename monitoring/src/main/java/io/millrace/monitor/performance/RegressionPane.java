/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import io.millrace.monitor.exact.FixedPointSum;
import io.millrace.monitor.part.PanePart;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Predicted numbers against true ones, over one window.
 *
 * <p>With e = true − predicted: MAE = mean |e|, RMSE = √ mean e², MAPE = mean |e / true| over rows whose truth is not 0,
 * pinball at quantile q = mean max(q e, (q − 1) e).
 */
public final class RegressionPane implements PanePart<RegressionPane> {

    final double quantile;
    private final long windowStartMillis;
    long rows;
    long relativeRows;
    long unusable;
    FixedPointSum absolute = new FixedPointSum();
    FixedPointSum squared = new FixedPointSum();
    FixedPointSum relative = new FixedPointSum();
    FixedPointSum pinball = new FixedPointSum();

    /**
     * @param windowStartMillis inclusive, event time
     * @param quantile what the model predicts, between 0 and 1; 0.5 for a mean or a median
     */
    public RegressionPane(long windowStartMillis, double quantile) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile is between 0 and 1, found " + quantile);
        }
        this.windowStartMillis = windowStartMillis;
        this.quantile = quantile;
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /** Counts one labelled prediction; one that is not finite or whose squared error is 2^96 or more is unusable. */
    public void add(double predicted, double truth) {
        double error = truth - predicted;
        double share = truth == 0 ? 0 : Math.abs(error / truth);
        if (!FixedPointSum.takes(error * error) || !FixedPointSum.takes(share)) {
            unusable++;
            return;
        }
        rows++;
        absolute.add(Math.abs(error));
        squared.add(error * error);
        pinball.add(Math.max(quantile * error, (quantile - 1) * error));
        if (truth != 0) {
            relativeRows++;
            relative.add(share);
        }
    }

    /** Adds what another pane of the same window and quantile counted; the other stays as it is. */
    @Override
    public void merge(RegressionPane other) {
        PaneCheck.sameWindow(windowStartMillis, other.windowStartMillis);
        if (quantile != other.quantile) {
            throw new IllegalArgumentException(
                    "a pane of quantile " + other.quantile + " does not merge into one of " + quantile);
        }
        rows += other.rows;
        relativeRows += other.relativeRows;
        unusable += other.unusable;
        absolute.merge(other.absolute);
        squared.merge(other.squared);
        relative.merge(other.relative);
        pinball.merge(other.pinball);
    }

    public double mae() {
        return absolute.value() / rows;
    }

    public double rmse() {
        return Math.sqrt(squared.value() / rows);
    }

    public double mape() {
        return relative.value() / relativeRows;
    }

    public double pinball() {
        return pinball.value() / rows;
    }

    @Override
    public RegressionPane copy() {
        RegressionPane copy = new RegressionPane(windowStartMillis, quantile);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        PerformancePaneCodec.write(this, out);
    }
}
