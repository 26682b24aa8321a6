/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

/**
 * How the network's answer to a binary question becomes a probability that can be taken at its word: {@code
 * calibration.json}. Never decreasing, so it keeps the order of the events. An answer beyond 0 and 1 counts as the nearer of
 * the two.
 */
public sealed interface Calibration {

    /** The answer as it is. */
    Calibration IDENTITY = new Identity();

    /** The probability for a finite answer. */
    double probability(double answer);

    /** The answer as it is. */
    record Identity() implements Calibration {
        @Override
        public double probability(double answer) {
            return answer;
        }
    }

    /**
     * A logistic curve over the log odds of the answer: 1 / (1 + e^−(slope · ln(p / (1 − p)) + intercept)). After J. Platt,
     * "Probabilistic outputs for support vector machines", 1999.
     *
     * @param slope greater than 0
     */
    record Platt(double slope, double intercept) implements Calibration {
        public Platt {
            if (!(slope > 0) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
                throw new IllegalArgumentException("slope must be a finite number greater than 0 and intercept a finite"
                        + " number, found " + slope + " and " + intercept);
            }
        }

        @Override
        public double probability(double answer) {
            return logistic(slope * logOdds(answer) + intercept);
        }

        /** ln(p / (1 − p)), infinite at 0 and 1. */
        public static double logOdds(double probability) {
            double bounded = Math.max(0, Math.min(1, probability));
            return StrictMath.log(bounded) - StrictMath.log1p(-bounded);
        }

        /** 1 / (1 + e^−x). */
        public static double logistic(double x) {
            return 1 / (1 + StrictMath.exp(-x));
        }
    }

    /**
     * Straight lines between knots, level beyond the first and the last. After B. Zadrozny and C. Elkan, "Transforming
     * classifier scores into accurate multiclass probability estimates", 2002.
     *
     * @param answers where the knots stand, ascending
     * @param probabilities their heights, never falling, from 0 to 1
     */
    record Isotonic(double[] answers, double[] probabilities) implements Calibration {

        /** The most knots that a calibration may have. */
        public static final int MOST_KNOTS = 10_000;

        public Isotonic {
            if (answers.length != probabilities.length || answers.length < 1 || answers.length > MOST_KNOTS) {
                throw new IllegalArgumentException(
                        "there are " + answers.length + " answers and " + probabilities.length
                                + " probabilities, there must be as many of both, from 1 to " + MOST_KNOTS);
            }
            for (int i = 0; i < answers.length; i++) {
                requireKnot(answers, probabilities, i);
            }
        }

        private static void requireKnot(double[] answers, double[] probabilities, int i) {
            if (!Double.isFinite(answers[i]) || i > 0 && answers[i] <= answers[i - 1]) {
                throw new IllegalArgumentException(
                        "answer " + i + " is " + answers[i] + ", answers must be finite and ascend");
            }
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1) || i > 0 && probabilities[i] < probabilities[i - 1]) {
                throw new IllegalArgumentException("probability " + i + " is " + probabilities[i]
                        + ", probabilities must lie between 0 and 1 and never fall");
            }
        }

        @Override
        public double probability(double answer) {
            int last = answers.length - 1;
            if (answer <= answers[0]) {
                return probabilities[0];
            }
            if (answer >= answers[last]) {
                return probabilities[last];
            }
            int above = firstAbove(answer);
            double share = (answer - answers[above - 1]) / (answers[above] - answers[above - 1]);
            return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1]);
        }

        private int firstAbove(double answer) {
            int low = 0;
            int high = answers.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (answers[middle] > answer) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }
}
