/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import java.util.Map;

/**
 * How good the model was on the reference rows, and what is needed to estimate how good it is on others.
 *
 * @param rows how many there were
 * @param scores where the knots of the calibrating curve stand, ascending
 * @param probabilities its heights there
 * @param calibrationError equal width, 15 bins
 * @param metrics by name: {@code accuracy precision recall f1 roc_auc}; those that could be computed
 */
public record ReferencePerformance(
        long rows, double[] scores, double[] probabilities, double calibrationError, Map<String, Metric> metrics) {

    public ReferencePerformance {
        metrics = Map.copyOf(metrics);
    }

    /**
     * One metric.
     *
     * @param value on all reference rows
     * @param deviation of the influence of one row
     * @param low mean less three standard deviations over ten chunks of the reference
     * @param high mean and three standard deviations
     */
    public record Metric(double value, double deviation, double low, double high) {}
}
