/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.monitor.PaneBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FixedPointSumTest {

    @Test
    void isTheRoundedExactSumOfItsTerms() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            FixedPointSum sum = new FixedPointSum();
            BigDecimal exact = BigDecimal.ZERO;
            for (int i = 0; i < 500; i++) {
                double term = random.nextGaussian() * Math.scalb(1.0, random.nextInt(100) - 10);
                double onGrid = Math.abs(term) < 0x1p-12 ? 0.5 : term;
                sum.add(onGrid);
                exact = exact.add(new BigDecimal(onGrid));
            }
            assertThat(sum.value()).as("seed %d", seed).isEqualTo(exact.doubleValue());
        }
    }

    @Test
    void neitherOrderNorMergeIsSeen() throws IOException {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            double[] terms = random.doubles(400, -1e6, 1e6).toArray();
            FixedPointSum forward = new FixedPointSum();
            FixedPointSum[] parts = {new FixedPointSum(), new FixedPointSum(), new FixedPointSum()};
            for (int i = 0; i < terms.length; i++) {
                forward.add(terms[i]);
                parts[random.nextInt(3)].add(terms[terms.length - 1 - i]);
            }
            parts[2].merge(parts[0]);
            parts[2].merge(parts[1]);
            byte[] bytes = PaneBytes.of(forward, FixedPointSum::write);
            assertThat(PaneBytes.of(parts[2], FixedPointSum::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            assertThat(PaneBytes.read(bytes, FixedPointSum::read).value()).isEqualTo(forward.value());
        }
    }

    @Test
    void smallTermsAreRoundedOnceToTheGrid() {
        FixedPointSum sum = new FixedPointSum();
        sum.add(0x1p-65);
        sum.add(-0x1p-66);
        sum.add(Double.MIN_VALUE);
        sum.add(-0.0);
        assertThat(sum.value()).isEqualTo(0x1p-64);
    }

    @Test
    void termsCancelAcrossAllDigits() {
        FixedPointSum sum = new FixedPointSum();
        sum.add(0x1p95);
        sum.add(1e-3);
        sum.add(-0x1p95);
        assertThat(sum.value()).isEqualTo(1e-3);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThat(FixedPointSum.takes(Math.nextDown(0x1p96))).isTrue();
        for (double term : new double[] {0x1p96, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new FixedPointSum().add(term))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a sum takes magnitudes below 2^96, found " + term);
        }
    }
}
