/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.calibration;

import io.millrace.model.bundle.Calibration;

/**
 * Platt's scaling on log odds: the slope and intercept with the greatest likelihood, by Newton's method with a line search
 * (H.-T. Lin, C.-J. Lin and R. Weng, "A note on Platt's probabilistic outputs for support vector machines", 2007). Labels are
 * drawn in a little, as Platt does, so that rows that are told apart without an error do not ask for an infinite slope.
 */
final class PlattScaling {

    private static final int MOST_STEPS = 100;
    private static final double SHORTEST_STEP = 1e-10;
    private static final double FLAT = 1e-5;
    private static final double SUFFICIENT = 1e-4;
    private static final double RIDGE = 1e-12;
    /** Answers are held off 0 and 1, whose log odds are infinite. */
    private static final double NEAREST = 1e-7;
    /** A slope may not turn the order of the answers around. */
    private static final double LEAST_SLOPE = 1e-6;

    private final double[] x;
    private final double[] target;

    private PlattScaling(double[] answers, boolean[] positive) {
        int positives = 0;
        for (boolean one : positive) {
            positives += one ? 1 : 0;
        }
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (positive.length - positives + 2.0);
        x = new double[answers.length];
        target = new double[answers.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Calibration.Platt.logOdds(Math.max(NEAREST, Math.min(1 - NEAREST, answers[i])));
            target[i] = positive[i] ? high : low;
        }
    }

    static Calibration.Platt fit(double[] answers, boolean[] positive) {
        return new PlattScaling(answers, positive).fit();
    }

    private Calibration.Platt fit() {
        double slope = 1;
        double intercept = 0;
        double loss = loss(slope, intercept);
        for (int step = 0; step < MOST_STEPS; step++) {
            Curvature at = curvature(slope, intercept);
            if (Math.abs(at.bySlope) < FLAT && Math.abs(at.byIntercept) < FLAT) {
                break;
            }
            double determinant = at.slopes * at.intercepts - at.mixed * at.mixed;
            double slopeStep = -(at.intercepts * at.bySlope - at.mixed * at.byIntercept) / determinant;
            double interceptStep = -(at.slopes * at.byIntercept - at.mixed * at.bySlope) / determinant;
            double fall = at.bySlope * slopeStep + at.byIntercept * interceptStep;
            double size = 1;
            double tried = loss(slope + slopeStep, intercept + interceptStep);
            while (size >= SHORTEST_STEP && !(tried < loss + SUFFICIENT * size * fall)) {
                size /= 2;
                tried = loss(slope + size * slopeStep, intercept + size * interceptStep);
            }
            if (size < SHORTEST_STEP) {
                break;
            }
            slope += size * slopeStep;
            intercept += size * interceptStep;
            loss = tried;
        }
        return new Calibration.Platt(Math.max(LEAST_SLOPE, slope), intercept);
    }

    /** The negative log likelihood. */
    private double loss(double slope, double intercept) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double z = slope * x[i] + intercept;
            // ln(1 + e^−z) + (1 − target) · z, in the form that does not overflow
            sum += z >= 0
                    ? (1 - target[i]) * z + StrictMath.log1p(StrictMath.exp(-z))
                    : -target[i] * z + StrictMath.log1p(StrictMath.exp(z));
        }
        return sum;
    }

    private Curvature curvature(double slope, double intercept) {
        Curvature at = new Curvature();
        for (int i = 0; i < x.length; i++) {
            double probability = Calibration.Platt.logistic(slope * x[i] + intercept);
            double error = probability - target[i];
            double weight = probability * (1 - probability);
            at.bySlope += error * x[i];
            at.byIntercept += error;
            at.slopes += weight * x[i] * x[i];
            at.mixed += weight * x[i];
            at.intercepts += weight;
        }
        return at;
    }

    /** First and second derivatives of the loss. */
    private static final class Curvature {
        private double bySlope;
        private double byIntercept;
        private double slopes = RIDGE;
        private double mixed;
        private double intercepts = RIDGE;
    }
}
