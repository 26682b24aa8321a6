/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

/**
 * Where a metric stayed on reference chunks: mean ± 3 standard deviations of its realised values, within [0, 1] (NannyML,
 * {@code thresholds.py}).
 */
public record ReferenceBand(double low, double high) {

    private static final int DEVIATIONS = 3;

    /** @param realised the metric on each chunk, at least one */
    public static ReferenceBand of(double[] realised) {
        double mean = 0;
        for (double each : realised) {
            mean += each / realised.length;
        }
        double squares = 0;
        for (double each : realised) {
            squares += (each - mean) * (each - mean) / realised.length;
        }
        double reach = DEVIATIONS * Math.sqrt(squares);
        return new ReferenceBand(Math.max(0, mean - reach), Math.min(1, mean + reach));
    }

    public boolean holds(double value) {
        return value >= low && value <= high;
    }
}
