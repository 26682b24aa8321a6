/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.signal.SignalScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ValuePaneTest {

    private static final SignalScope SCOPE = new SignalScope("p", 0, 60_000, "1", null);

    @Test
    void bestThresholdIsThatOfAnExhaustiveSearch() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<Decided> rows = rows(random, 1 + random.nextInt(150));
            ValuePane pane = pane(rows, new ValueLayout(Edges.of(0.5), 150));
            long capacity = random.nextBoolean() ? BestThreshold.UNLIMITED : random.nextInt(40);
            BestThreshold best = BestThreshold.of(pane, capacity);
            assertThat(best.value()).as("seed %d", seed).isCloseTo(exhaustive(rows, capacity), within(1e-9));
            assertThat(worthOf(rows, best.threshold())).as("seed %d", seed).isCloseTo(best.value(), within(1e-9));
            assertThat(flaggedBy(rows, best.threshold())).as("seed %d", seed).isEqualTo(best.flagged());
            assertThat(best.flagged()).as("seed %d", seed).isLessThanOrEqualTo(capacity);
            double realised = rows.stream()
                    .mapToDouble(row -> row.worth.of(row.decision, row.positive))
                    .sum();
            assertThat(pane.realised()).as("seed %d", seed).isCloseTo(realised, within(1e-9));
        }
    }

    /** Every score of the rows, one above all, one below all. */
    private static double exhaustive(List<Decided> rows, long capacity) {
        List<Double> thresholds =
                new ArrayList<>(rows.stream().map(Decided::score).toList());
        thresholds.add(Double.POSITIVE_INFINITY);
        return thresholds.stream()
                .filter(threshold -> flaggedBy(rows, threshold) <= capacity)
                .mapToDouble(threshold -> worthOf(rows, threshold))
                .max()
                .orElseThrow();
    }

    private static double worthOf(List<Decided> rows, double threshold) {
        return rows.stream()
                .mapToDouble(row -> row.worth.of(row.score >= threshold, row.positive))
                .sum();
    }

    private static long flaggedBy(List<Decided> rows, double threshold) {
        return rows.stream().filter(row -> row.score >= threshold).count();
    }

    @Test
    void beyondTheLimitOnlyTheThresholdsOfTheLayoutAreTried() {
        Random random = new Random(77);
        List<Decided> rows = rows(random, 300);
        Edges thresholds = Edges.of(0.2, 0.4, 0.6, 0.8);
        ValuePane pane = pane(rows, new ValueLayout(thresholds, 299));
        assertThat(pane.isExact()).isFalse();
        double best = worthOf(rows, Double.POSITIVE_INFINITY);
        for (double threshold : new double[] {-1, 0.2, 0.4, 0.6, 0.8}) {
            best = Math.max(best, worthOf(rows, Math.nextUp(threshold)));
        }
        BestThreshold found = BestThreshold.of(pane, BestThreshold.UNLIMITED);
        assertThat(found.value()).as("seed 77").isCloseTo(best, within(1e-9));
        assertThat(worthOf(rows, found.threshold())).as("seed 77").isCloseTo(best, within(1e-9));
    }

    @Test
    void fourPanesOfShuffledRowsAreOnePane() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            ValueLayout layout = new ValueLayout(Edges.of(0.3, 0.6), random.nextInt(400));
            List<Decided> rows = rows(random, 200);
            byte[] bytes = PaneBytes.of(pane(rows, layout), ValuePaneCodec::write);
            ValuePane[] parts = new ValuePane[4];
            for (int i = 0; i < 4; i++) {
                parts[i] = new ValuePane(0, layout);
            }
            Collections.shuffle(rows, random);
            rows.forEach(row -> row.addTo(parts[random.nextInt(4)]));
            parts[1].merge(parts[3]);
            parts[0].merge(parts[2]);
            parts[0].merge(parts[1]);
            assertThat(PaneBytes.of(parts[0], ValuePaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            ValuePane read = PaneBytes.read(bytes, ValuePaneCodec::read);
            assertThat(PaneBytes.of(read, ValuePaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            PaneBytes.damage(bytes, ValuePaneCodec::read);
        }
    }

    @Test
    void signalsTellRegretAndWhatCapacityAllows() {
        ValuePane pane = new ValuePane(0, new ValueLayout(Edges.of(0.5), 10));
        Worth worth = new Worth(10, -1, -10, 0);
        pane.add(0.9, true, false, worth);
        pane.add(0.8, false, true, worth);
        pane.add(0.7, true, true, worth);
        pane.add(0.1, false, false, worth);
        pane.add(0.1, false, false, new Worth(0, Double.NaN, 0, 0));
        assertThat(new ValueSignals(2).of(pane, SCOPE))
                .extracting(signal -> signal.metric() + " " + signal.value() + " of " + signal.sampleSize())
                .containsExactly(
                        "value -1.0 of 4",
                        "value_per_row -0.25 of 4",
                        "value_best 19.0 of 4",
                        "best_threshold 0.7 of 4",
                        "value_regret 20.0 of 4",
                        "value_within_capacity -1.0 of 4",
                        "best_threshold_within_capacity 0.8 of 4",
                        "rows_unusable 1.0 of 5");
        assertThat(new ValueSignals(2).of(new ValuePane(0, new ValueLayout(Edges.of(0.5), 10)), SCOPE))
                .hasSize(7)
                .allSatisfy(signal -> assertThat(signal.value()).isNaN());
    }

    @Test
    void panesOfDifferentLayoutsDoNotMerge() {
        ValuePane one = new ValuePane(0, new ValueLayout(Edges.of(0.5), 0));
        ValuePane two = new ValuePane(0, new ValueLayout(Edges.of(0.5), 1));
        assertThatThrownBy(() -> one.merge(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a pane at 0 with ValueLayout[thresholds=[0.5], exactLimit=1] does not merge into one at 0 with"
                                + " ValueLayout[thresholds=[0.5], exactLimit=0]");
    }

    private static ValuePane pane(List<Decided> rows, ValueLayout layout) {
        ValuePane pane = new ValuePane(0, layout);
        rows.forEach(row -> row.addTo(pane));
        return pane;
    }

    /** Few distinct scores, so that there are ties. */
    private static List<Decided> rows(Random random, int size) {
        List<Decided> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double score = random.nextInt(40) / 40.0;
            double amount = random.nextDouble() * 100;
            Worth worth = new Worth(amount - 5, -5, -amount, 0);
            rows.add(new Decided(score, random.nextBoolean(), random.nextDouble() < score / 2, worth));
        }
        return rows;
    }

    private record Decided(double score, boolean decision, boolean positive, Worth worth) {
        void addTo(ValuePane pane) {
            pane.add(score, decision, positive, worth);
        }
    }
}
