/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {

    private static final long SEED = 9;
    private static final int SAMPLES = 200_000;

    @Test
    void isTheExponential() {
        Random random = new Random(SEED);
        for (int i = 0; i < SAMPLES; i++) {
            double x = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(6) - 2);
            double expected = StrictMath.exp(x);
            assertThat(Exponential.exp(x)).as("seed %d, exp %s", SEED, x).isCloseTo(expected, within(expected * 1e-13));
        }
    }

    @Test
    void staysTheExponentialToItsEnds() {
        for (double x : new double[] {-708, -700.3, 700.3, 709, 0, -0.0, 1e-300, Double.MIN_VALUE}) {
            double expected = StrictMath.exp(x);
            assertThat(Exponential.exp(x)).as("exp %s", x).isCloseTo(expected, within(expected * 1e-13));
        }
        assertThat(Exponential.exp(-708.1)).isZero();
        assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.exp(709.1)).isInfinite();
        assertThat(Exponential.exp(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Exponential.exp(Double.NaN)).isNaN();
    }

    @Test
    void itsTanhAndSigmoidAreTheFloatsNearestTheirs() {
        Random random = new Random(SEED);
        for (int i = 0; i < SAMPLES; i++) {
            float x = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 10));
            float tanh = (float) StrictMath.tanh(x);
            assertThat((float) Exponential.tanh(x))
                    .as("seed %d, tanh %s", SEED, x)
                    .isCloseTo(tanh, within(Math.ulp(tanh)));
            float sigmoid = (float) (1 / (1 + StrictMath.exp(-x)));
            assertThat((float) Exponential.sigmoid(x))
                    .as("seed %d, sigmoid %s", SEED, x)
                    .isCloseTo(sigmoid, within(Math.ulp(sigmoid)));
        }
    }

    @Test
    void tanhAndSigmoidReachTheirLimits() {
        assertThat(Exponential.tanh(1e30)).isEqualTo(1);
        assertThat(Exponential.tanh(-1e30)).isEqualTo(-1);
        assertThat(Exponential.tanh(Double.NaN)).isNaN();
        assertThat(Exponential.sigmoid(-1e30)).isZero();
        assertThat(Exponential.sigmoid(1e30)).isEqualTo(1);
        assertThat(Exponential.sigmoid(Double.NaN)).isNaN();
    }
}
