/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

/**
 * Formulas over positives and negatives by ascending bin of the score; NaN when a class is empty.
 *
 * <p>ROC-AUC = Σ pos_b · (neg_{&lt;b} + ½ neg_b) / (P N). A pair inside one bin counts ½ and is truly 0 or 1, so the area is
 * off by at most ½ Σ pos_b neg_b / (P N), and not at all where equal bins mean equal scores.
 *
 * <p>PR-AUC is average precision, Σ (R_b − R_{b+1}) · P_b from the greatest bin down, where P_b and R_b are precision and
 * recall of "in bin b or above". Each positive of a bin truly has a precision between that with one positive and all
 * negatives of the bin before it, and that with all positives and no negative.
 */
public final class BinaryMetrics {

    private BinaryMetrics() {}

    public static double rocAuc(long[] positives, long[] negatives) {
        double pairs = 0;
        long below = 0;
        for (int bin = 0; bin < positives.length; bin++) {
            pairs += positives[bin] * (below + 0.5 * negatives[bin]);
            below += negatives[bin];
        }
        return pairs / pairsOf(positives, negatives);
    }

    /** The most by which {@link #rocAuc} can differ from the area of the scores themselves. */
    public static double rocAucBound(long[] positives, long[] negatives) {
        double ties = 0;
        for (int bin = 0; bin < positives.length; bin++) {
            ties += (double) positives[bin] * negatives[bin];
        }
        return 0.5 * ties / pairsOf(positives, negatives);
    }

    private static double pairsOf(long[] positives, long[] negatives) {
        double pairs = (double) total(positives) * total(negatives);
        return pairs == 0 ? Double.NaN : pairs;
    }

    public static double prAuc(long[] positives, long[] negatives) {
        double sum = 0;
        long above = 0;
        long wrong = 0;
        for (int bin = positives.length - 1; bin >= 0; bin--) {
            above += positives[bin];
            wrong += negatives[bin];
            if (positives[bin] != 0) {
                sum += positives[bin] * ((double) above / (above + wrong));
            }
        }
        return above == 0 ? Double.NaN : sum / above;
    }

    /** The most by which {@link #prAuc} can differ from the average precision of the scores themselves. */
    public static double prAucBound(long[] positives, long[] negatives) {
        double least = 0;
        double most = 0;
        long above = 0;
        long wrong = 0;
        for (int bin = positives.length - 1; bin >= 0; bin--) {
            if (positives[bin] != 0) {
                least += positives[bin] * ((above + 1.0) / (above + 1.0 + wrong + negatives[bin]));
                most += positives[bin] * ((double) (above + positives[bin]) / (above + positives[bin] + wrong));
            }
            above += positives[bin];
            wrong += negatives[bin];
        }
        double value = prAuc(positives, negatives);
        return above == 0 ? Double.NaN : Math.max(value - least / above, most / above - value);
    }

    /**
     * River's ROC-AUC: trapezoids between thresholds.
     *
     * <p>{@code river/metrics/roc_auc.py}. Bins are those of the thresholds: bin b is above b of them. A rate over an empty
     * class is 0, as there.
     */
    public static double riverRocAuc(long[] positives, long[] negatives) {
        long truePositives = total(positives);
        double allPositives = Math.max(1, truePositives);
        double allNegatives = Math.max(1, total(negatives));
        double area = 0;
        for (int threshold = 0; threshold < positives.length - 2; threshold++) {
            truePositives -= positives[threshold];
            long lessTrue = truePositives - positives[threshold + 1];
            area += (negatives[threshold + 1] / allNegatives) * (truePositives + lessTrue) / allPositives / 2;
        }
        return area;
    }

    /**
     * Expected calibration error: Σ n_b/n · |share of positives − mean probability|.
     *
     * @param probabilities per bin, the sum of the probabilities
     */
    public static double calibrationError(long[] positives, long[] negatives, double[] probabilities) {
        double sum = 0;
        for (int bin = 0; bin < positives.length; bin++) {
            sum += Math.abs(positives[bin] - probabilities[bin]);
        }
        long rows = total(positives) + total(negatives);
        return rows == 0 ? Double.NaN : sum / rows;
    }

    static long total(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }
}
