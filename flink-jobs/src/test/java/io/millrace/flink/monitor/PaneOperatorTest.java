/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import static io.millrace.flink.fixture.PaymentRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.type.ScoredSerializer;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.pipeline.record.Scored;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What passes is counted once, by its window, and handed over in time. */
class PaneOperatorTest {

    private final List<Scored> two =
            List.of(Traffic.scored(0, 10, 0.2f, 1, 100), Traffic.scored(1, 20, 0.7f, Double.NaN, 900));
    private final Scored next = Traffic.scored(2, 61, 0.9f, 1, 100);

    @Test
    void whatIsCountedPassesAsItIs() throws Exception {
        try (var monitor = opened(null)) {
            monitor.processElement(two.get(0), 0);
            assertThat(monitor.extractOutputValues()).containsExactly(two.get(0));
            assertThat(panes(monitor)).isEmpty();
        }
    }

    @Test
    void aWatermarkBringsOnePanePerWindow() throws Exception {
        try (var monitor = opened(null)) {
            count(monitor, two);
            count(monitor, List.of(next));
            monitor.processWatermark(1);
            assertThat(panes(monitor))
                    .extracting(pane -> pane.key().windowStartMillis())
                    .containsExactlyInAnyOrder(START, START + Traffic.WINDOW_MILLIS);
            MonitorPane first = panes(monitor).stream()
                    .filter(pane -> pane.key().windowStartMillis() == START)
                    .findFirst()
                    .orElseThrow();
            assertThat(Traffic.bytes(first)).isEqualTo(Traffic.bytes(Traffic.pane(two)));
        }
    }

    @Test
    void nothingIsHandedOverTwice() throws Exception {
        try (var monitor = opened(null)) {
            count(monitor, two);
            monitor.processWatermark(1);
            monitor.processWatermark(2);
            monitor.prepareSnapshotPreBarrier(1);
            monitor.getOperator().finish();
            assertThat(panes(monitor)).hasSize(1);
        }
    }

    @Test
    void aCheckpointLeavesNothingUncountedAndNothingToCountAgain() throws Exception {
        OperatorSubtaskState state;
        try (var monitor = opened(null)) {
            count(monitor, two);
            monitor.prepareSnapshotPreBarrier(1);
            state = monitor.snapshot(1, 1);
            assertThat(panes(monitor)).hasSize(1);
        }
        try (var restored = opened(state)) {
            count(restored, List.of(next));
            restored.getOperator().finish();
            assertThat(panes(restored))
                    .extracting(pane -> pane.key().windowStartMillis())
                    .containsExactly(START + Traffic.WINDOW_MILLIS);
        }
    }

    @Test
    void theEndOfInputBringsTheRest() throws Exception {
        try (var monitor = opened(null)) {
            count(monitor, two);
            monitor.getOperator().finish();
            assertThat(Traffic.bytes(panes(monitor).get(0))).isEqualTo(Traffic.bytes(Traffic.pane(two)));
        }
    }

    private static void count(OneInputStreamOperatorTestHarness<Scored, Scored> monitor, List<Scored> all)
            throws Exception {
        for (Scored scored : all) {
            monitor.processElement(scored, 0);
        }
    }

    private static List<MonitorPane> panes(OneInputStreamOperatorTestHarness<Scored, Scored> monitor) {
        Queue<StreamRecord<MonitorPane>> panes = monitor.getSideOutput(PaneOperator.PANES);
        return panes == null
                ? List.of()
                : panes.stream().map(StreamRecord::getValue).toList();
    }

    private static OneInputStreamOperatorTestHarness<Scored, Scored> opened(@Nullable OperatorSubtaskState state)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<Scored, Scored>(new PaneOperator(Traffic.PLAN));
        harness.setup(ScoredSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
