/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import io.millrace.monitor.statistics.ChiSquare;

/**
 * A χ² statistic of two histograms on the same bins.
 *
 * @param statistic infinite where a bin is not empty that must be
 * @param degreesOfFreedom at least 1
 */
public record ChiSquareStatistic(double statistic, int degreesOfFreedom) {

    /** The probability of a statistic at least as great where nothing changed. */
    public double p() {
        return ChiSquare.upperTail(statistic, degreesOfFreedom);
    }

    /** The reference is the truth, the current counts are a sample of it (Pearson's test of fit). */
    public static ChiSquareStatistic ofFit(long[] reference, long[] current) {
        double scale = (double) Counts.total(current) / Counts.total(reference);
        double sum = 0;
        int bins = 0;
        for (int i = 0; i < reference.length; i++) {
            if (reference[i] != 0 || current[i] != 0) {
                double expected = reference[i] * scale;
                sum += (current[i] - expected) * (current[i] - expected) / expected;
                bins++;
            }
        }
        return new ChiSquareStatistic(sum, Math.max(1, bins - 1));
    }

    /** Both are samples: the test of homogeneity on the 2 × k table, with Yates's correction where k is 2, as in SciPy. */
    public static ChiSquareStatistic ofHomogeneity(long[] reference, long[] current) {
        int bins = 0;
        for (int i = 0; i < reference.length; i++) {
            bins += reference[i] + current[i] > 0 ? 1 : 0;
        }
        double total = (double) Counts.total(reference) + Counts.total(current);
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double both = (double) reference[i] + current[i];
            if (both > 0) {
                sum += term(reference[i], both * Counts.total(reference) / total, bins);
                sum += term(current[i], both * Counts.total(current) / total, bins);
            }
        }
        return new ChiSquareStatistic(sum, Math.max(1, bins - 1));
    }

    private static double term(long observed, double expected, int bins) {
        double difference = Math.abs(observed - expected);
        double corrected = bins == 2 ? difference - Math.min(0.5, difference) : difference;
        return corrected * corrected / expected;
    }
}
