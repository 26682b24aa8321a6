/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

/**
 * An estimated metric of a window; NaN where nothing can be said.
 *
 * @param standardError of the value that will be realised; NaN when the reference is unknown
 */
public record Estimate(double value, double standardError) {

    private static final int ERRORS = 3;

    /** The value less three standard errors, not below 0. */
    public double low() {
        return Math.max(0, value - ERRORS * standardError);
    }

    /** The value plus three standard errors, not above 1. */
    public double high() {
        return Math.min(1, value + ERRORS * standardError);
    }

    /** Whether a realised value is inside the interval; false when either is unknown. */
    public boolean holds(double realised) {
        return realised >= low() && realised <= high();
    }
}
