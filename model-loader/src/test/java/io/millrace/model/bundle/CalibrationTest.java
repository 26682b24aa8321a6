/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final long SEED = Long.getLong("millrace.seed", 11);

    @Test
    void plattIsALogisticCurveOverLogOdds() {
        Calibration platt = new Calibration.Platt(2, -1);
        assertThat(platt.probability(0.5)).isCloseTo(1 / (1 + Math.exp(1)), within(1e-15));
        assertThat(platt.probability(0.9)).isCloseTo(1 / (1 + Math.exp(-(2 * Math.log(9) - 1))), within(1e-15));
        assertThat(platt.probability(0)).isZero();
        assertThat(platt.probability(1)).isOne();
        assertThat(platt.probability(-3)).as("beyond 0 is 0").isZero();
        assertThat(platt.probability(3)).as("beyond 1 is 1").isOne();
        assertThat(new Calibration.Platt(1, 0).probability(0.3)).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void isotonicIsStraightBetweenKnotsAndLevelBeyond() {
        Calibration isotonic =
                new Calibration.Isotonic(new double[] {0.2, 0.4, 0.5, 0.9}, new double[] {0.1, 0.1, 0.6, 0.8});
        assertThat(isotonic.probability(0)).isEqualTo(0.1);
        assertThat(isotonic.probability(0.3)).isEqualTo(0.1);
        assertThat(isotonic.probability(0.45)).isCloseTo(0.35, within(1e-15));
        assertThat(isotonic.probability(0.5)).isEqualTo(0.6);
        assertThat(isotonic.probability(0.7)).isCloseTo(0.7, within(1e-15));
        assertThat(isotonic.probability(1)).isEqualTo(0.8);
        assertThat(new Calibration.Isotonic(new double[] {0.5}, new double[] {0.3}).probability(0.9))
                .isEqualTo(0.3);
    }

    @Test
    void neverTurnsTwoAnswersAround() {
        Random random = new Random(SEED);
        Calibration isotonic = new Calibration.Isotonic(
                random.doubles(50).sorted().toArray(),
                random.doubles(50).sorted().toArray());
        Calibration platt = new Calibration.Platt(0.3, 2);
        for (int i = 0; i < 10_000; i++) {
            double a = random.nextDouble();
            double b = a + random.nextDouble() * 0.01;
            assertThat(isotonic.probability(a)).as("seed %d", SEED).isLessThanOrEqualTo(isotonic.probability(b));
            assertThat(platt.probability(a)).as("seed %d", SEED).isLessThanOrEqualTo(platt.probability(b));
        }
    }
}
