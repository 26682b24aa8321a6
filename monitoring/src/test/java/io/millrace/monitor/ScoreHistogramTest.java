/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScoreHistogramTest {

    @Test
    void binsAreClosedBelowAndTheLastOneAbove() {
        ScoreHistogram scores = new ScoreHistogram();
        float[] edges = {0f, Math.nextDown(0.5f), 0.5f, Math.nextDown(1f), 1f};
        for (float score : edges) {
            scores.add(score);
        }
        assertThat(scores.count(0)).isEqualTo(1);
        assertThat(scores.count(9)).isEqualTo(1);
        assertThat(scores.count(10)).isEqualTo(1);
        assertThat(scores.count(19)).isEqualTo(2);
        assertThat(scores.total()).isEqualTo(5);
    }

    @Test
    void outsideIsCountedApartAndNanNotAtAll() {
        ScoreHistogram scores = new ScoreHistogram();
        for (float score : new float[] {-0.1f, 1.1f, Float.POSITIVE_INFINITY, Float.NaN}) {
            scores.add(score);
        }
        assertThat(scores.outside()).isEqualTo(3);
        assertThat(scores.total()).isZero();
        assertThat(scores.mean()).isNaN();
    }

    @Test
    void meanIsWithinTheRoundingOfItsUnits() {
        Random random = new Random(3);
        ScoreHistogram scores = new ScoreHistogram();
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            float score = random.nextFloat();
            sum += score;
            scores.add(score);
        }
        assertThat(Math.abs(scores.mean() - sum / 10_000)).isLessThan(Math.scalb(1.0, -31));
    }
}
