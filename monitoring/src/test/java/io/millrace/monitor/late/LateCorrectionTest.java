/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LateCorrectionTest {

    private static final LateLayout LAYOUT = new LateLayout(10, 100, 10, Edges.of(0.5));
    private static final long NOW = 1000;

    @Test
    void aReportedPositiveStandsForThoseStillToCome() {
        LateCorrection window = new LateCorrection(List.of(young(), mature()), learned(), NOW, 0, false);
        assertThat(window.maturedShare()).isEqualTo(0.5);
        assertThat(window.naive(LateMetric.PRECISION)).isEqualTo(4.0 / 8);
        assertThat(window.matured(LateMetric.PRECISION)).isEqualTo(3.0 / 4);
        Corrected precision = window.corrected(LateMetric.PRECISION);
        assertThat(precision.value()).as("F(50) = 1/2").isCloseTo((3 + 2) / 8.0, within(1e-12));
        double delays = 2.0 * (2 - 1) / 64;
        double learned = (2.0 * 2 / 8) * (2.0 * 2 / 8) * 0.25 / 10;
        assertThat(precision.value() - precision.low())
                .isCloseTo(1.959963984540054 * Math.sqrt(delays + learned), within(1e-12));
        assertThat(precision.high()).as("not above 1").isOne();
        assertThat(window.corrected(LateMetric.RECALL).value()).isCloseTo(5.0 / 6, within(1e-12));
        assertThat(window.corrected(LateMetric.ACCURACY).value()).isCloseTo((5 + 7) / 16.0, within(1e-12));
        assertThat(window.corrected(LateMetric.F1).value()).isCloseTo(10.0 / 14, within(1e-12));
    }

    @Test
    void maturedRowsNeedNoCorrection() {
        LateCorrection window = new LateCorrection(List.of(mature()), learned(), NOW, 0, false);
        for (LateMetric metric : LateMetric.values()) {
            double value = window.matured(metric);
            assertThat(window.corrected(metric)).isEqualTo(new Corrected(value, value, value));
        }
    }

    @Test
    void derivativesAreThoseOfTheMetrics() {
        for (LateMetric metric : LateMetric.values()) {
            double step = 1e-6;
            assertThat(metric.byHits(5, 3, 9, 20))
                    .isCloseTo((metric.value(5 + step, 3, 9, 20) - metric.value(5, 3, 9, 20)) / step, within(1e-6));
            assertThat(metric.byMisses(5, 3, 9, 20))
                    .isCloseTo((metric.value(5, 3 + step, 9, 20) - metric.value(5, 3, 9, 20)) / step, within(1e-6));
        }
    }

    @Test
    void youngCellsAndUnknownDelaysAreLeftOut() {
        assertThat(new LateCorrection(List.of(young(), mature()), learned(), NOW, 60, false).rows())
                .isEqualTo(8);
        LateCorrection unlearned = new LateCorrection(List.of(young()), new DelayDistribution(LAYOUT), NOW, 0, false);
        assertThat(unlearned.rows()).isZero();
        assertThat(unlearned.corrected(LateMetric.PRECISION).value()).isNaN();
        assertThat(unlearned.naive(LateMetric.PRECISION)).isEqualTo(0.25);
    }

    @Test
    void signalsSayAllThree() {
        List<MonitoringSignal> signals = new LateSignals(learned(), 0)
                .of(List.of(young(), mature()), NOW, new SignalScope("p", 890, 990, "1", null));
        assertThat(signals)
                .hasSize(22)
                .extracting(MonitoringSignal::definition)
                .startsWith(
                        "share",
                        "chi2/contingency",
                        "accuracy/late_naive",
                        "accuracy/late_matured",
                        "accuracy/late_corrected");
        assertThat(signals.get(1).state()).isEqualTo(MonitoringSignal.State.INSUFFICIENT);
    }

    @Test
    void splitAndMergedACellHasTheSameBytes() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            LatePane whole = new LatePane(0, LAYOUT);
            LatePane[] parts = {new LatePane(0, LAYOUT), new LatePane(0, LAYOUT), new LatePane(0, LAYOUT)};
            for (int i = 0; i < 200; i++) {
                double score = random.nextDouble();
                long delay = random.nextInt(120);
                whole.addPrediction(score, score > 0.5);
                parts[random.nextInt(3)].addPrediction(score, score > 0.5);
                whole.addPositive(score, score > 0.5, delay);
                parts[random.nextInt(3)].addPositive(score, score > 0.5, delay);
            }
            parts[0].merge(parts[1]);
            parts[2].merge(parts[0]);
            byte[] bytes = PaneBytes.of(whole, LatePaneCodec::write);
            assertThat(PaneBytes.of(parts[2], LatePaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            LatePane read = PaneBytes.read(bytes, in -> LatePaneCodec.read(LAYOUT, in));
            assertThat(PaneBytes.of(read, LatePaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            PaneBytes.damage(bytes, in -> LatePaneCodec.read(LAYOUT, in));
        }
        byte[] learned = PaneBytes.of(learned(), LatePaneCodec::write);
        DelayDistribution read = PaneBytes.read(learned, in -> LatePaneCodec.readDistribution(LAYOUT, in));
        assertThat(PaneBytes.of(read, LatePaneCodec::write)).isEqualTo(learned);
    }

    @Test
    void nothingIsLearnedFromACellWhoseLabelsStillCome() {
        assertThatThrownBy(() -> new DelayDistribution(LAYOUT).learn(young(), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the cell at 950 cannot be learned from at 1000: it must be older than the horizon and of the"
                                + " same layout");
    }

    @Test
    void whatIsForgottenWasNeverLearned() {
        DelayDistribution distribution = learned();
        LatePane pane = mature();
        distribution.learn(pane, NOW);
        distribution.forget(pane);
        assertThat(PaneBytes.of(distribution, LatePaneCodec::write))
                .isEqualTo(PaneBytes.of(learned(), LatePaneCodec::write));
    }

    /** Age 50; four of eight decided positive, one of them reported. */
    private static LatePane young() {
        LatePane pane = new LatePane(950, LAYOUT);
        predict(pane);
        pane.addPositive(0.9, true, 20);
        return pane;
    }

    /** All labels known: three hits and a miss. */
    private static LatePane mature() {
        LatePane pane = new LatePane(100, LAYOUT);
        predict(pane);
        for (int i = 0; i < 3; i++) {
            pane.addPositive(0.9, true, 30);
        }
        pane.addPositive(0.1, false, 60);
        pane.addPositive(0.1, false, 101);
        return pane;
    }

    private static void predict(LatePane pane) {
        for (int i = 0; i < 8; i++) {
            pane.addPrediction(i < 4 ? 0.9 : 0.1, i < 4);
        }
    }

    /** One delay in each of the ten buckets. */
    private static DelayDistribution learned() {
        LatePane pane = new LatePane(0, LAYOUT);
        for (int bucket = 0; bucket < 10; bucket++) {
            pane.addPositive(0.9, true, bucket * 10 + 5);
        }
        DelayDistribution distribution = new DelayDistribution(LAYOUT);
        distribution.learn(pane, NOW);
        return distribution;
    }
}
