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

class IsotonicRegressionTest {

    private static final long SEED = Long.getLong("millrace.seed", 12);

    /** Against the min-max formula of isotonic regression: the least, over ends, of the greatest, over starts, of the means. */
    @Test
    void isTheMinMaxOfMeans() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            int size = 1 + random.nextInt(25);
            double[] answers = new double[size];
            boolean[] positive = new boolean[size];
            for (int i = 0; i < size; i++) {
                answers[i] = random.nextInt(12) / 12.0;
                positive[i] = random.nextDouble() < answers[i];
            }
            Calibration.Isotonic fitted = IsotonicRegression.fit(answers, positive);
            for (double answer : answers) {
                assertThat(fitted.probability(answer))
                        .as("round %d, answer %s, seed %d", round, answer, SEED)
                        .isCloseTo(minMax(answer, answers, positive), within(1e-12));
            }
        }
    }

    private static double minMax(double at, double[] answers, boolean[] positive) {
        double least = Double.POSITIVE_INFINITY;
        for (double to : answers) {
            if (to >= at) {
                double greatest = Double.NEGATIVE_INFINITY;
                for (double from : answers) {
                    if (from <= at) {
                        greatest = Math.max(greatest, mean(from, to, answers, positive));
                    }
                }
                least = Math.min(least, greatest);
            }
        }
        return least;
    }

    private static double mean(double from, double to, double[] answers, boolean[] positive) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] >= from && answers[i] <= to) {
                sum += positive[i] ? 1 : 0;
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void fitsIntoABundleHoweverManyRowsThereAre() {
        int size = 60_000;
        double[] answers = new double[size];
        boolean[] positive = new boolean[size];
        int blocks = 200;
        for (int i = 0; i < size; i++) {
            answers[i] = (double) i / size;
            int block = i * blocks / size;
            positive[i] = i * (long) blocks % size < (long) block * size / blocks;
        }
        Calibration.Isotonic fitted = IsotonicRegression.fit(answers, positive);
        assertThat(fitted.answers().length).isLessThanOrEqualTo(Calibration.Isotonic.MOST_KNOTS);
        assertThat(fitted.probability(0.5)).isCloseTo(0.5, within(0.02));
    }
}
