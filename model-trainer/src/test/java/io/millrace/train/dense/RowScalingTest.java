/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowScalingTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void scaledRowsHaveZeroMeanAndUnitDeviationAndMissingIsZero(long seed) {
        Random random = new Random(seed);
        List<LabelledRow> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double second = random.nextInt(5) == 0 ? Double.NaN : 1e6 + 3 * random.nextGaussian();
            rows.add(row(random.nextGaussian() * 1e-4, second));
        }

        RowScaling scaling = RowScaling.of(rows, 2);

        for (int input = 0; input < 2; input++) {
            double sum = 0;
            double squares = 0;
            int present = 0;
            for (LabelledRow row : rows) {
                float[] scaled = new float[5];
                scaling.scale(row.features(), scaled, 2);
                if (Double.isNaN(row.features()[input])) {
                    assertThat(scaled[2 + input]).as("seed %d", seed).isZero();
                } else {
                    present++;
                    sum += scaled[2 + input];
                    squares += scaled[2 + input] * scaled[2 + input];
                }
                assertThat(new float[] {scaled[0], scaled[1], scaled[4]}).containsExactly(0, 0, 0);
            }
            assertThat(sum / present).as("seed %d", seed).isCloseTo(0, within(1e-5));
            assertThat(squares / present).as("seed %d", seed).isCloseTo(1, within(1e-4));
        }
    }

    /** Sums of many equal values round, so their mean may not be that value: a deviation of 1e-17 would follow. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void inputThatNeverVariesIsDividedByOne(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            double constant = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            List<LabelledRow> rows = new ArrayList<>();
            for (int j = 0; j < 3 + random.nextInt(100); j++) {
                rows.add(row(constant));
            }
            assertThat(RowScaling.of(rows, 1).deviations())
                    .as("seed %d, %s %d times", seed, constant, rows.size())
                    .containsExactly(1);
        }
    }

    @Test
    void inputThatIsAlwaysMissingIsZero() {
        RowScaling scaling = RowScaling.of(List.of(row(Double.NaN), row(Double.NaN)), 1);

        assertThat(scaling.means()).containsExactly(0);
        assertThat(scaling.deviations()).containsExactly(1);
    }

    private static LabelledRow row(double... features) {
        return new LabelledRow(0, features, false);
    }
}
