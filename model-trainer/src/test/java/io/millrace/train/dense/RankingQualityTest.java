/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingQualityTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheSlowDefinitionsHoweverManyTies(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int grades = 1 + random.nextInt(i % 2 == 0 ? 4 : 1_000);
            float[] scores = new float[2 + random.nextInt(60)];
            boolean[] positive = new boolean[scores.length];
            for (int j = 0; j < scores.length; j++) {
                scores[j] = random.nextInt(grades) / (float) grades;
                positive[j] = random.nextInt(4) == 0;
            }
            positive[0] = true;
            positive[1] = false;

            RankingQuality quality = RankingQuality.of(scores, rows(positive));

            String where = "seed " + seed + ", case " + i;
            assertThat(quality.rocAuc()).as(where).isCloseTo(pairsInOrder(scores, positive), within(1e-12));
            assertThat(quality.averagePrecision()).as(where).isCloseTo(precisions(scores, positive), within(1e-12));
            assertThat(quality.bestF1()).as(where).isCloseTo(greatestF1(scores, positive), within(1e-12));
            assertThat(f1(scores, positive, (float) quality.bestThreshold()))
                    .as(where)
                    .isCloseTo(quality.bestF1(), within(1e-12));
        }
    }

    @Test
    void allScoresAlikeAreNoBetterThanChance() {
        RankingQuality quality = RankingQuality.of(
                new float[] {0.3f, 0.3f, 0.3f, 0.3f}, rows(new boolean[] {true, false, false, false}));

        assertThat(quality).isEqualTo(new RankingQuality(0.5, 0.25, 0.4, 0.3f));
    }

    @Test
    void perfectOrderIsOneAndTheThresholdIsTheLeastPositive() {
        RankingQuality quality =
                RankingQuality.of(new float[] {0.1f, 0.9f, 0.5f, 0.2f}, rows(new boolean[] {false, true, true, false}));

        assertThat(quality).isEqualTo(new RankingQuality(1, 1, 1, 0.5f));
    }

    @Test
    void scoreThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> RankingQuality.of(new float[] {0.5f, Float.NaN}, rows(new boolean[] {true, false})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network's score of row 1 is not a number. Look for inputs of extreme size in the"
                        + " history.");
    }

    private static double pairsInOrder(float[] scores, boolean[] positive) {
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return won / pairs;
    }

    /** Σ over the distinct scores, descending, of what recall gains there times the precision from there on. */
    private static double precisions(float[] scores, boolean[] positive) {
        double sum = 0;
        double recallBefore = 0;
        float[] descending = distinct(scores);
        for (int i = descending.length - 1; i >= 0; i--) {
            double recall = taken(scores, positive, descending[i], true) / (double) count(positive);
            double precision = taken(scores, positive, descending[i], true)
                    / (double) taken(scores, positive, descending[i], false);
            sum += (recall - recallBefore) * precision;
            recallBefore = recall;
        }
        return sum;
    }

    private static double greatestF1(float[] scores, boolean[] positive) {
        double best = 0;
        for (float threshold : distinct(scores)) {
            best = Math.max(best, f1(scores, positive, threshold));
        }
        return best;
    }

    private static double f1(float[] scores, boolean[] positive, float threshold) {
        double right = taken(scores, positive, threshold, true);
        return 2 * right / (taken(scores, positive, threshold, false) + count(positive));
    }

    private static int taken(float[] scores, boolean[] positive, float threshold, boolean positivesOnly) {
        int taken = 0;
        for (int i = 0; i < scores.length; i++) {
            taken += scores[i] >= threshold && (positive[i] || !positivesOnly) ? 1 : 0;
        }
        return taken;
    }

    private static int count(boolean[] positive) {
        int count = 0;
        for (boolean each : positive) {
            count += each ? 1 : 0;
        }
        return count;
    }

    private static float[] distinct(float[] scores) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    private static List<LabelledRow> rows(boolean[] positive) {
        List<LabelledRow> rows = new ArrayList<>();
        for (boolean each : positive) {
            rows.add(new LabelledRow(0, new double[0], each));
        }
        return rows;
    }
}
