/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.bundle.Calibration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattScalingTest {

    private static final long SEED = Long.getLong("millrace.seed", 13);

    @Test
    void findsTheCurveThatMadeTheLabels() {
        Random random = new Random(SEED);
        Calibration truth = new Calibration.Platt(0.6, -2.5);
        double[] answers = new double[200_000];
        boolean[] positive = new boolean[answers.length];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = random.nextDouble();
            positive[i] = random.nextDouble() < truth.probability(answers[i]);
        }
        Calibration.Platt fitted = PlattScaling.fit(answers, positive);
        assertThat(fitted.slope()).as("seed %d", SEED).isCloseTo(0.6, within(0.03));
        assertThat(fitted.intercept()).as("seed %d", SEED).isCloseTo(-2.5, within(0.05));
    }

    /** No neighbour on a fine grid is likelier. */
    @Test
    void isTheLikeliestCurve() {
        Random random = new Random(SEED);
        double[] answers = random.doubles(500).toArray();
        boolean[] positive = new boolean[answers.length];
        for (int i = 0; i < answers.length; i++) {
            positive[i] = random.nextDouble() < answers[i] * answers[i];
        }
        Calibration.Platt fitted = PlattScaling.fit(answers, positive);
        double best = loss(fitted.slope(), fitted.intercept(), answers, positive);
        for (int i = -20; i <= 20; i++) {
            for (int j = -20; j <= 20; j++) {
                double loss = loss(fitted.slope() + i * 0.01, fitted.intercept() + j * 0.01, answers, positive);
                assertThat(loss).as("%d %d, seed %d", i, j, SEED).isGreaterThanOrEqualTo(best - 1e-6);
            }
        }
    }

    /** Platt's targets written down again: (n₊ + 1) / (n₊ + 2) and 1 / (n₋ + 2). */
    private static double loss(double slope, double intercept, double[] answers, boolean[] positive) {
        int positives = 0;
        for (boolean one : positive) {
            positives += one ? 1 : 0;
        }
        double loss = 0;
        for (int i = 0; i < answers.length; i++) {
            double p = 1 / (1 + Math.exp(-(slope * Math.log(answers[i] / (1 - answers[i])) + intercept)));
            double target = positive[i] ? (positives + 1.0) / (positives + 2) : 1.0 / (positive.length - positives + 2);
            loss -= target * Math.log(p) + (1 - target) * Math.log(1 - p);
        }
        return loss;
    }

    @Test
    void staysFiniteWhereAnswersTellEveryRowApart() {
        double[] answers = {0, 0.1, 0.2, 0.8, 0.9, 1};
        boolean[] positive = {false, false, false, true, true, true};
        Calibration.Platt fitted = PlattScaling.fit(answers, positive);
        assertThat(fitted.slope()).isBetween(0.0, 10.0);
        assertThat(fitted.probability(0.5)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void doesNotTurnAnswersAroundThatAreWrong() {
        double[] answers = {0.1, 0.2, 0.8, 0.9};
        boolean[] positive = {true, true, false, false};
        assertThat(PlattScaling.fit(answers, positive).slope()).isPositive();
    }
}
