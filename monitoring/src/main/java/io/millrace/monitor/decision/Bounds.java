/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/** Between what a value lies; one that is beyond is clipped. */
public record Bounds(double low, double high) {

    public Bounds {
        if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException(
                    "bounds are two finite numbers, the lower first, found [" + low + ", " + high + "]");
        }
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** Between 0 and 1. */
    double share(double value) {
        return (Math.max(low, Math.min(high, value)) - low) / width();
    }

    double width() {
        return high - low;
    }
}
