/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import static io.millrace.flink.fixture.PaymentRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.type.OutputRecordSerializer;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.pipeline.record.Scored;
import io.millrace.schema.OutputRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The signals of a window are those of its events, however they were counted apart and wherever the job stopped. */
class SignalFunctionTest {

    private static final int MAX_PARALLELISM = 8;
    private static final long LAST_MILLI = START + Traffic.WINDOW_MILLIS - 1;

    @Test
    void nothingIsSaidBeforeTheWindowEnds() throws Exception {
        try (var signals = opened(1, 0, null)) {
            signals.processElement(Traffic.pane(Traffic.random(new Random(1), 10)), 0);
            signals.processWatermark(LAST_MILLI - 1);
            assertThat(signals.extractOutputValues()).isEmpty();
            signals.processWatermark(LAST_MILLI);
            assertThat(signals.extractOutputValues()).isNotEmpty();
        }
    }

    @Test
    void aSeriesThatFallsSilentIsForgotten() throws Exception {
        try (var signals = opened(1, 0, null)) {
            signals.processElement(Traffic.pane(Traffic.random(new Random(1), 10)), 0);
            signals.processWatermark(LAST_MILLI);
            assertThat(signals.numKeyedStateEntries()).isPositive();
            signals.processWatermark(LAST_MILLI + SignalFunction.SILENT_WINDOWS * Traffic.WINDOW_MILLIS);
            assertThat(signals.numKeyedStateEntries()).isZero();
            assertThat(signals.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void anySplitInAnyOrderGivesTheSameSignals() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<Scored> all = Traffic.random(random, 60);
            List<String> whole = said(List.of(Traffic.pane(all)));
            List<MonitorPane> split = split(all, random);
            Collections.shuffle(split, random);
            assertThat(said(split)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void aRestoreInTheMiddleOfAWindowLosesNoCount() throws Exception {
        List<Scored> all = Traffic.random(new Random(7), 60);
        OperatorSubtaskState state;
        try (var signals = opened(1, 0, null)) {
            signals.processElement(Traffic.pane(all.subList(0, 25)), 0);
            state = signals.snapshot(1, 1);
        }
        List<String> said = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorSubtaskState mine =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(state, MAX_PARALLELISM, 1, 2, subtask);
            try (var restored = opened(2, subtask, mine)) {
                if (restored.numKeyedStateEntries() > 0) {
                    restored.processElement(Traffic.pane(all.subList(25, 60)), 0);
                }
                restored.processWatermark(LAST_MILLI);
                said.addAll(texts(restored.extractOutputValues()));
            }
        }
        assertThat(said).isEqualTo(said(List.of(Traffic.pane(all))));
    }

    @Test
    void whatComesAfterTheEndIsSaidApart() throws Exception {
        List<Scored> all = Traffic.random(new Random(3), 20);
        try (var signals = opened(1, 0, null)) {
            signals.processElement(Traffic.pane(all.subList(0, 15)), 0);
            signals.processWatermark(LAST_MILLI);
            signals.processElement(Traffic.pane(all.subList(15, 20)), 0);
            signals.processWatermark(LAST_MILLI + 1);
            List<String> expected = new ArrayList<>(said(List.of(Traffic.pane(all.subList(0, 15)))));
            expected.addAll(said(List.of(Traffic.pane(all.subList(15, 20)))));
            assertThat(texts(signals.extractOutputValues())).isEqualTo(expected);
        }
    }

    /** Panes of random runs of the events, as subtasks and checkpoints cut them. */
    private static List<MonitorPane> split(List<Scored> all, Random random) {
        List<MonitorPane> panes = new ArrayList<>();
        int from = 0;
        while (from < all.size()) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(15));
            panes.add(Traffic.pane(all.subList(from, to)));
            from = to;
        }
        return panes;
    }

    private static List<String> said(List<MonitorPane> panes) throws Exception {
        try (var signals = opened(1, 0, null)) {
            for (MonitorPane pane : panes) {
                signals.processElement(pane, 0);
            }
            signals.processWatermark(LAST_MILLI);
            return texts(signals.extractOutputValues());
        }
    }

    private static List<String> texts(List<OutputRecord> records) {
        return records.stream()
                .map(record -> record.topic() + ' ' + HexFormat.of().formatHex(record.value()))
                .toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, MonitorPane, OutputRecord> opened(
            int parallelism, int subtask, @Nullable OperatorSubtaskState state) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, MonitorPane, OutputRecord>(
                new KeyedProcessOperator<>(new SignalFunction(Traffic.PLAN)),
                pane -> pane.key().series(),
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
        harness.setup(OutputRecordSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
