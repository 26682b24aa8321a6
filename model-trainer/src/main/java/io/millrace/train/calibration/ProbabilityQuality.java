/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.calibration;

/**
 * How far probabilities can be taken at their word.
 *
 * @param logLoss −mean(y ln p + (1 − y) ln(1 − p)), with p held off 0 and 1 by 1e-7
 * @param brier mean (p − y)²
 * @param calibrationError Σ (n_b / n) · |mean y − mean p| over 15 bins of equal width (expected calibration error)
 */
public record ProbabilityQuality(double logLoss, double brier, double calibrationError) {

    private static final int BINS = 15;
    private static final double NEAREST = 1e-7;

    /** The quality of one probability for each row. */
    public static ProbabilityQuality of(double[] probabilities, boolean[] positive) {
        double loss = 0;
        double squares = 0;
        double[] excess = new double[BINS];
        for (int i = 0; i < probabilities.length; i++) {
            double p = probabilities[i];
            double bounded = Math.max(NEAREST, Math.min(1 - NEAREST, p));
            double label = positive[i] ? 1 : 0;
            loss -= Math.log(positive[i] ? bounded : 1 - bounded);
            squares += (p - label) * (p - label);
            excess[Math.min(BINS - 1, (int) (p * BINS))] += label - p;
        }
        double error = 0;
        for (double one : excess) {
            error += Math.abs(one);
        }
        int rows = probabilities.length;
        return new ProbabilityQuality(loss / rows, squares / rows, error / rows);
    }
}
