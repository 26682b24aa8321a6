/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

/**
 * Probabilities against labels, by ascending bin of the probability.
 *
 * @param positives rows that were positive
 * @param negatives rows that were not
 * @param probabilities the sum of the probabilities
 */
public record CalibrationBins(long[] positives, long[] negatives, double[] probabilities) {

    /** Expected calibration error; NaN without rows. */
    public double error() {
        return BinaryMetrics.calibrationError(positives, negatives, probabilities);
    }
}
