/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.FixedPointSum;

/** What each outcome of one decision is worth. */
public record Worth(double truePositive, double falsePositive, double falseNegative, double trueNegative) {

    /** Of something that nobody valued. */
    static final Worth UNKNOWN = new Worth(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** What it is worth to decide so. */
    public double of(boolean decision, boolean positive) {
        if (decision) {
            return positive ? truePositive : falsePositive;
        }
        return positive ? falseNegative : trueNegative;
    }

    /** Whether both decisions have a worth that can be summed, given the label. */
    boolean isUsable(boolean positive) {
        return FixedPointSum.takes(of(true, positive))
                && FixedPointSum.takes(of(false, positive))
                && FixedPointSum.takes(of(true, positive) - of(false, positive));
    }
}
