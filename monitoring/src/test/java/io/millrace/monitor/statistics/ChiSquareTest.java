/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.statistics;

import static io.millrace.monitor.GoldenNumbers.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChiSquareTest {

    @Test
    void meetsTheGoldenTails() {
        meets("cat.same_support.evidently.chisquare", 2);
        meets("cat.same_support.nannyml_alibi.chi2_contingency", 2);
        meets("cat.unseen.nannyml_alibi.chi2_contingency", 3);
    }

    private static void meets(String name, int degrees) {
        double p = golden(name + "_p");
        assertThat(ChiSquare.upperTail(golden(name + "_stat"), degrees)).isCloseTo(p, within(p * 1e-9));
    }

    @Test
    void twoDegreesAreExponential() {
        for (double x = 0.1; x < 100; x *= 1.3) {
            assertThat(ChiSquare.upperTail(x, 2)).isCloseTo(Math.exp(-x / 2), within(1e-13));
        }
        assertThat(ChiSquare.upperTail(3.841458820694124, 1)).isCloseTo(0.05, within(1e-12));
        assertThat(ChiSquare.upperTail(0, 3)).isOne();
        assertThat(ChiSquare.upperTail(Double.POSITIVE_INFINITY, 3)).isZero();
        assertThat(ChiSquare.upperTail(3, 0)).isNaN();
    }

    @Test
    void rejectsUpToTheLastRankUnderItsLine() {
        double[] p = {0.041, 0.001, Double.NaN, 0.6, 0.039, 0.008};
        assertThat(BenjaminiHochberg.threshold(p, 0.05)).isEqualTo(0.008);
        assertThat(BenjaminiHochberg.threshold(p, 0.06)).isEqualTo(0.041);
        assertThat(BenjaminiHochberg.threshold(new double[] {0.2, 0.9}, 0.05)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void wrongRejectionsStayUnderTheRate() {
        Random random = new Random(31);
        double share = 0;
        for (int round = 0; round < 2000; round++) {
            double[] p = random.doubles(20).toArray();
            for (int i = 0; i < 5; i++) {
                p[i] *= 1e-3;
            }
            double threshold = BenjaminiHochberg.threshold(p, 0.1);
            double wrong = Arrays.stream(p, 5, 20).filter(x -> x <= threshold).count();
            double all = Arrays.stream(p).filter(x -> x <= threshold).count();
            share += all == 0 ? 0 : wrong / all / 2000;
        }
        assertThat(share).as("seed 31").isBetween(0.05, 0.09);
    }
}
