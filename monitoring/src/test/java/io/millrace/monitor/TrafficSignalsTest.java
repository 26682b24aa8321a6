/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import static io.millrace.monitor.Traffic.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Scored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrafficSignalsTest {

    private static final TrafficSignals SIGNALS = new TrafficSignals(List.of("amount", "risk"), true);

    @Test
    void aWindowSaysItsCountsThenItsLatencyThenItsLag() {
        List<Scored> events = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            double risk = i <= 4 ? Double.NaN : 0.5;
            events.add(Traffic.scored(WRITTEN, WRITTEN + i, WRITTEN + i, 0.25f, i <= 3, i <= 2, 1.0, risk));
        }
        events.add(Traffic.scored(-1, WRITTEN, WRITTEN, 0.25f, null));

        assertThat(lines(said(SIGNALS, Traffic.pane(events, 2))))
                .containsExactly(
                        "traffic predictions count 101.0 of 101 OK",
                        "traffic positives count 3.0 of 100 OK",
                        "traffic behind_watermark count 2.0 of 101 OK",
                        "traffic missing(risk) count 4.0 of 101 OK",
                        "traffic score_mean mean/unit_interval 0.25 of 101 OK",
                        "latency latency_p50_ms nearest_rank/log_linear_64 50.0 of 100 OK",
                        "latency latency_p90_ms nearest_rank/log_linear_64 90.0 of 100 OK",
                        "latency latency_p99_ms nearest_rank/log_linear_64 99.0 of 100 OK",
                        "latency latency_p999_ms nearest_rank/log_linear_64 100.0 of 100 OK",
                        "lag lag_p50_ms nearest_rank/log_linear_64 50.0 of 100 OK",
                        "lag lag_p90_ms nearest_rank/log_linear_64 90.0 of 100 OK",
                        "lag lag_p99_ms nearest_rank/log_linear_64 99.0 of 100 OK",
                        "lag lag_p999_ms nearest_rank/log_linear_64 100.0 of 100 OK");
    }

    @Test
    void whatIsOutOfItsRangeIsSaidWhenThereIsAny() {
        List<Scored> events = List.of(
                Traffic.scored(WRITTEN, WRITTEN - 1, WRITTEN - 1, 1.5f, null),
                Traffic.scored(WRITTEN, WRITTEN - 1, WRITTEN + 4, Float.NaN, null),
                Traffic.scored(WRITTEN, WRITTEN, WRITTEN + 4, 0.5f, null));

        assertThat(lines(said(SIGNALS, Traffic.pane(events, 2))))
                .contains(
                        "traffic positives count 0.0 of 0 INSUFFICIENT",
                        "traffic score_mean mean/unit_interval 0.5 of 1 OK",
                        "traffic scores_outside count 1.0 of 2 OK",
                        "latency latency_negative count 1.0 of 3 OK",
                        "lag lag_negative count 2.0 of 3 OK");
    }

    @Test
    void anEmptyWindowIsInsufficient() {
        assertThat(said(SIGNALS, new TrafficPane(0, 2))).hasSize(12).allSatisfy(signal -> {
            assertThat(signal.state()).isEqualTo(MonitoringSignal.State.INSUFFICIENT);
            assertThat(signal.sampleSize()).isZero();
            assertThat(signal.value()).isIn(0.0, Double.NaN);
        });
    }

    @Test
    void everySignalNamesPipelineVersionAndWindow() {
        Scored scored = Traffic.scored(WRITTEN, WRITTEN, WRITTEN, 0.5f, true);
        assertThat(said(SIGNALS, Traffic.pane(List.of(scored), 2))).allSatisfy(signal -> {
            assertThat(signal.pipeline()).isEqualTo("card-fraud");
            assertThat(signal.modelVersion()).isEqualTo("3");
            assertThat(signal.windowStartMillis()).isEqualTo(WRITTEN);
            assertThat(signal.windowEndMillis()).isEqualTo(WRITTEN + 60_000);
            assertThat(signal.segment()).isNull();
            assertThat(signal.threshold()).isNaN();
        });
    }

    @Test
    void latencyAndLagAreLeftOutWhenNotAskedFor() {
        TrafficSignals counts = new TrafficSignals(List.of("amount", "risk"), false);
        assertThat(said(counts, new TrafficPane(0, 2)))
                .extracting(MonitoringSignal::monitor)
                .containsOnly("traffic");
    }

    @Test
    void aPaneOfAnotherPipelineIsRefused() {
        assertThatThrownBy(() -> said(SIGNALS, new TrafficPane(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pane of 3 features is not one of the 2 that 'card-fraud' has");
    }

    private static List<MonitoringSignal> said(TrafficSignals signals, TrafficPane pane) {
        long start = pane.windowStartMillis();
        return signals.of(new SignalScope("card-fraud", start, start + 60_000, "3", null), pane);
    }

    private static List<String> lines(List<MonitoringSignal> signals) {
        return signals.stream()
                .map(signal -> signal.monitor() + " " + signal.metric()
                        + (signal.feature() == null ? "" : "(" + signal.feature() + ")") + " " + signal.definition()
                        + " " + signal.value() + " of " + signal.sampleSize() + " " + signal.state())
                .toList();
    }
}
