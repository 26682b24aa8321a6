/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.spec.AggregateFunction;

/**
 * The aggregates over a run of values, in which NaN marks what does not count. Each is a function of the run alone: sums
 * are compensated (Neumaier, ZAMM 54, 1974) in the order of the run, the variance is taken in two passes.
 */
final class Aggregation {

    private Aggregation() {}

    /** The aggregate of {@code values[from..to)}; NaN is missing. */
    static double of(AggregateFunction function, double[] values, int from, int to) {
        return switch (function) {
            case COUNT -> count(values, from, to);
            case SUM -> finite(sum(values, from, to));
            case MEAN -> mean(values, from, to);
            case MIN -> min(values, from, to);
            case MAX -> max(values, from, to);
            case VARIANCE -> variance(values, from, to);
            case STDDEV -> Math.sqrt(variance(values, from, to));
            case LAST -> last(values, from, to, 0);
        };
    }

    private static int count(double[] values, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                count++;
            }
        }
        return count;
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        double lost = 0;
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (!Double.isNaN(value)) {
                double next = sum + value;
                lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
                sum = next;
            }
        }
        return sum + lost;
    }

    private static double mean(double[] values, int from, int to) {
        int count = count(values, from, to);
        return count == 0 ? Double.NaN : finite(sum(values, from, to) / count);
    }

    /** Sum of squared deviations, corrected by the square of their sum, which is zero but for rounding; over n - 1. */
    private static double variance(double[] values, int from, int to) {
        int count = count(values, from, to);
        if (count < 2) {
            return Double.NaN;
        }
        double mean = sum(values, from, to) / count;
        double squares = 0;
        double deviations = 0;
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (!Double.isNaN(value)) {
                double deviation = value - mean;
                squares += deviation * deviation;
                deviations += deviation;
            }
        }
        return finite((squares - deviations * deviations / count) / (count - 1));
    }

    private static double min(double[] values, int from, int to) {
        double min = Double.NaN;
        for (int i = from; i < to; i++) {
            if (values[i] < min || Double.isNaN(min)) {
                min = values[i];
            }
        }
        return min;
    }

    private static double max(double[] values, int from, int to) {
        double max = Double.NaN;
        for (int i = from; i < to; i++) {
            if (values[i] > max || Double.isNaN(max)) {
                max = values[i];
            }
        }
        return max;
    }

    /** The latest value that has so many newer ones, or NaN. */
    static double last(double[] values, int from, int to, int newer) {
        int passed = 0;
        for (int i = to - 1; i >= from; i--) {
            if (!Double.isNaN(values[i]) && passed++ == newer) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
