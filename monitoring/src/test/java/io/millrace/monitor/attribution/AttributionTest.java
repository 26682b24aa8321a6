/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AttributionTest {

    private static final SignalScope SCOPE = new SignalScope("p", 0, 60_000, "1", null);
    private static final List<String> NAMES = List.of("amount", "hour", "risk");

    /** score = 0.1 + Σ attributions + error, where risk moved by 0.2. */
    @Test
    void partsAndResidualAreTheWholeChangeAndTheGreatestPartComesFirst() {
        Random random = new Random(2);
        double[] reference = {0.02, -0.01, 0.05};
        AttributionPane pane = new AttributionPane(0, 3);
        for (int i = 0; i < 500; i++) {
            double[] parts = {
                0.02 + random.nextGaussian() * 0.01, -0.03, 0.25 + random.nextGaussian() * 0.01,
            };
            double error = random.nextGaussian() * 1e-3;
            pane.add(0.1 + parts[0] + parts[1] + parts[2] + error, parts, error);
        }
        List<MonitoringSignal> signals =
                new AttributionSignals(new AttributionReference(NAMES, reference, 0.16)).of(pane, SCOPE);
        assertThat(signals)
                .extracting(signal -> signal.metric() + (signal.feature() == null ? "" : " " + signal.feature()))
                .containsExactly(
                        "score_change",
                        "attribution_change risk",
                        "attribution_change hour",
                        "attribution_change amount",
                        "attribution_residual",
                        "completeness_error");
        double parts = signals.subList(1, 5).stream()
                .mapToDouble(MonitoringSignal::value)
                .sum();
        assertThat(parts).isCloseTo(signals.get(0).value(), within(1e-12));
        assertThat(Math.abs(signals.get(4).value()))
                .as("not more than the mean error")
                .isLessThanOrEqualTo(signals.get(5).value());
        assertThat(signals.get(1).value()).isCloseTo(0.2, within(0.005));
    }

    @Test
    void anEmptyPaneIsInsufficient() {
        AttributionReference reference = new AttributionReference(NAMES, new double[3], 0.2);
        assertThat(new AttributionSignals(reference).of(new AttributionPane(0, 3), SCOPE))
                .extracting(MonitoringSignal::state)
                .containsOnly(MonitoringSignal.State.INSUFFICIENT);
        assertThatThrownBy(() -> new AttributionSignals(reference).of(new AttributionPane(0, 2), SCOPE))
                .hasMessage("a pane of 2 features does not fit a reference of 3");
    }

    @Test
    void fourPanesOfShuffledEventsAreOnePane() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            AttributionPane whole = new AttributionPane(0, 2);
            AttributionPane[] parts = new AttributionPane[4];
            for (int i = 0; i < 4; i++) {
                parts[i] = new AttributionPane(0, 2);
            }
            for (int i = 0; i < 200; i++) {
                double[] attribution = {random.nextGaussian(), i % 50 == 0 ? Double.NaN : random.nextGaussian()};
                whole.add(0.5, attribution, 1e-4);
                parts[random.nextInt(4)].add(0.5, attribution, 1e-4);
            }
            parts[0].merge(parts[3]);
            parts[1].merge(parts[2]);
            parts[1].merge(parts[0]);
            byte[] bytes = PaneBytes.of(whole, AttributionPaneCodec::write);
            assertThat(PaneBytes.of(parts[1], AttributionPaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            AttributionPane read = PaneBytes.read(bytes, AttributionPaneCodec::read);
            assertThat(PaneBytes.of(read, AttributionPaneCodec::write)).isEqualTo(bytes);
            assertThat(read.rows()).isEqualTo(196);
            PaneBytes.damage(bytes, AttributionPaneCodec::read);
        }
    }

    @Test
    void aStableSampleHasItsShareAndForgetsNothing() {
        StableSample tenth = new StableSample(0.1);
        StableSample fifth = new StableSample(0.2);
        int held = 0;
        for (int i = 0; i < 100_000; i++) {
            boolean inTenth = tenth.holds("tx-" + i);
            held += inTenth ? 1 : 0;
            assertThat(!inTenth || fifth.holds("tx-" + i))
                    .as("a greater share holds the smaller")
                    .isTrue();
        }
        assertThat(held).isBetween(9_700, 10_300);
        assertThat(new StableSample(0).holds("a")).isFalse();
        assertThat(new StableSample(1).holds("a")).isTrue();
    }
}
