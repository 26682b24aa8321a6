/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

/** Exact formulas over all scores of a window, those of positives and those of negatives each in ascending order. */
public final class SampleMetrics {

    private SampleMetrics() {}

    /** The share of pairs in which the positive has the greater score, a tie counting ½; NaN when a class is empty. */
    public static double rocAuc(double[] positives, double[] negatives) {
        double pairs = 0;
        int below = 0;
        int notAbove = 0;
        for (double score : positives) {
            while (below < negatives.length && negatives[below] < score) {
                below++;
            }
            while (notAbove < negatives.length && negatives[notAbove] <= score) {
                notAbove++;
            }
            pairs += 0.5 * below + 0.5 * notAbove;
        }
        double all = (double) positives.length * negatives.length;
        return all == 0 ? Double.NaN : pairs / all;
    }

    /** Average precision: equal scores stand at one rank; NaN without positives. */
    public static double averagePrecision(double[] positives, double[] negatives) {
        double sum = 0;
        int nextNegative = negatives.length - 1;
        int next = positives.length - 1;
        while (next >= 0) {
            double score = positives[next];
            int before = next;
            while (next >= 0 && positives[next] == score) {
                next--;
            }
            while (nextNegative >= 0 && negatives[nextNegative] >= score) {
                nextNegative--;
            }
            double above = positives.length - 1 - next;
            sum += (before - next) * (above / (above + negatives.length - 1 - nextNegative));
        }
        return positives.length == 0 ? Double.NaN : sum / positives.length;
    }

    /**
     * Expected calibration error over consecutive runs of rows of equal length, the last run taking the rest: NannyML's
     * {@code calibration.py}. Among equal scores negatives stand first, so the order of arrival is not seen.
     *
     * @return NaN with fewer rows than runs
     */
    public static double equalMassError(double[] positives, double[] negatives, int runs) {
        int rows = positives.length + negatives.length;
        int length = rows / runs;
        if (length == 0) {
            return Double.NaN;
        }
        int cuts = rows / length;
        int positive = 0;
        double error = 0;
        for (int run = 0; run < cuts; run++) {
            int end = run == cuts - 1 ? rows : (run + 1) * length;
            int from = run * length;
            double sum = 0;
            int before = positive;
            for (int row = from; row < end; row++) {
                int negative = row - positive;
                boolean takePositive = negative >= negatives.length
                        || positive < positives.length && positives[positive] < negatives[negative];
                sum += takePositive ? positives[positive++] : negatives[negative];
            }
            error += Math.abs(sum - (positive - before));
        }
        return error / rows;
    }
}
