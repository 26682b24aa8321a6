/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import java.util.Locale;

/** What is corrected for late labels; in lower case it is the metric's name. */
public enum LateMetric {
    ACCURACY,
    PRECISION,
    RECALL,
    F1;

    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The metric of a window; NaN when there is nothing to divide by.
     *
     * @param hits positives that were decided positive
     * @param misses positives that were decided negative
     */
    double value(double hits, double misses, double decidedPositive, double decidedNegative) {
        return switch (this) {
            case ACCURACY -> share(hits + decidedNegative - misses, decidedPositive + decidedNegative);
            case PRECISION -> share(hits, decidedPositive);
            case RECALL -> share(hits, hits + misses);
            case F1 -> share(2 * hits, hits + decidedPositive + misses);
        };
    }

    /** The derivative by hits. */
    double byHits(double hits, double misses, double decidedPositive, double decidedNegative) {
        double f1 = hits + decidedPositive + misses;
        return switch (this) {
            case ACCURACY -> 1 / (decidedPositive + decidedNegative);
            case PRECISION -> 1 / decidedPositive;
            case RECALL -> misses / ((hits + misses) * (hits + misses));
            case F1 -> 2 * (decidedPositive + misses) / (f1 * f1);
        };
    }

    /** The derivative by misses. */
    double byMisses(double hits, double misses, double decidedPositive, double decidedNegative) {
        double f1 = hits + decidedPositive + misses;
        return switch (this) {
            case ACCURACY -> -1 / (decidedPositive + decidedNegative);
            case PRECISION -> 0;
            case RECALL -> -hits / ((hits + misses) * (hits + misses));
            case F1 -> -2 * hits / (f1 * f1);
        };
    }

    private static double share(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
