/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import static io.millrace.flink.fixture.PaymentRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.flink.type.OutcomeSerializer;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.record.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which label counts for which prediction, whichever comes first, and what becomes of those that come too late. */
class LabelJoinFunctionTest {

    private static final long SEED = Long.getLong("millrace.seed", 99);

    @TempDir
    static Path negativeHome;

    @TempDir
    static Path unknownHome;

    private static InferencePlan negative;
    private static InferencePlan unknown;

    @BeforeAll
    static void plan() {
        negative = plan("missing_means: negative", negativeHome);
        unknown = plan("missing_means: unknown", unknownHome);
    }

    private static InferencePlan plan(String missing, Path directory) {
        PipelineDocument document = PaymentPipeline.install(
                directory,
                PaymentPipeline.ARRIVAL,
                text -> text.replace(
                                "monitor: { window: 1m, latency: true }", "monitor: { window: 1m, performance: {} }")
                        + "labels: { stream: reports, join: shop, field: severity, horizon: 1m, " + missing + " }\n");
        PaymentModel.dense(
                directory.resolve("models"), FeatureContract.of(document).inputs(), null);
        return InferencePlanner.plan(document);
    }

    @Test
    void aLabelWithinTheHorizonCountsWhicheverComesFirst() throws Exception {
        try (var join = opened(negative, null)) {
            predict(join, "a", 0);
            label(join, 1, "a", 60, 1);
            label(join, 2, "b", 10, 0);
            predict(join, "b", 5);
            join.processBothWatermarks(mark(10));
            assertThat(outcomes(join)).containsExactly("b 5 false");
            join.processBothWatermarks(mark(1_000));
            assertThat(outcomes(join)).containsExactly("b 5 false", "a 0 true");
            assertThat(join.numKeyedStateEntries()).isZero();
            assertThat(join.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void withoutALabelAnEventIsNegativeOrLeftOut() throws Exception {
        try (var join = opened(negative, null)) {
            predict(join, "a", 0);
            join.processBothWatermarks(mark(59.999));
            assertThat(outcomes(join)).isEmpty();
            join.processBothWatermarks(mark(60));
            assertThat(outcomes(join)).containsExactly("a 0 false");
        }
        try (var join = opened(unknown, null)) {
            predict(join, "a", 0);
            join.processBothWatermarks(mark(1_000));
            assertThat(outcomes(join)).isEmpty();
        }
    }

    @Test
    void aLabelBehindTheHorizonIsLate() throws Exception {
        try (var join = opened(negative, null)) {
            predict(join, "a", 0);
            label(join, 1, "a", 60.001, 1);
            join.processBothWatermarks(mark(61));
            assertThat(outcomes(join)).containsExactly("a 0 false");
            label(join, 2, "a", 100, 1);
            join.processBothWatermarks(mark(120));
            assertThat(late(join)).isEmpty();
            join.processBothWatermarks(mark(121));
            assertThat(late(join)).containsExactly("reports-0-1 by 60000");
            join.processBothWatermarks(mark(160));
            assertThat(late(join)).containsExactly("reports-0-1 by 60000", "reports-0-2 by 60000");
            assertThat(join.numKeyedStateEntries()).isZero();
            assertThat(join.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theEarliestLabelCountsAndTheOthersAreLate() throws Exception {
        try (var join = opened(negative, null)) {
            predict(join, "a", 0);
            label(join, 2, "a", 20, 1);
            label(join, 1, "a", 10, 0);
            label(join, 3, "nobody", 20, 1);
            join.processBothWatermarks(mark(1_000));
            assertThat(outcomes(join)).containsExactly("a 0 false");
            assertThat(late(join)).containsExactlyInAnyOrder("reports-0-2 by 60000", "reports-0-3 by 60000");
            assertThat(join.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aRestoreLosesNothing() throws Exception {
        OperatorSubtaskState state;
        try (var join = opened(negative, null)) {
            predict(join, "a", 0);
            label(join, 1, "b", 3, 1);
            state = join.snapshot(1, 1);
        }
        try (var join = opened(negative, state)) {
            label(join, 2, "a", 30, 1);
            predict(join, "b", 1);
            join.processBothWatermarks(mark(30));
            assertThat(outcomes(join)).containsExactly("b 1 true", "a 0 true");
        }
    }

    /** Slow and obvious: for each event the earliest label within its horizon, if there is any. */
    @Test
    void anyOrderOfArrivalGivesTheSameOutcomes() throws Exception {
        Random random = new Random(SEED);
        Map<String, Integer> events = new HashMap<>();
        Map<String, Double> labels = new HashMap<>();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            String key = "e" + i;
            events.put(key, random.nextInt(100));
            boolean labelled = random.nextInt(3) > 0;
            if (labelled) {
                labels.put(key, events.get(key) + random.nextInt(90) + 0.5);
            }
            boolean positive = labelled && labels.get(key) <= events.get(key) + 60;
            expected.put(key, key + " " + events.get(key) + " " + positive);
        }
        for (int round = 0; round < 10; round++) {
            List<String> arrivals = new ArrayList<>();
            events.keySet().forEach(key -> arrivals.add("event " + key));
            labels.keySet().forEach(key -> arrivals.add("label " + key));
            Collections.shuffle(arrivals, random);
            try (var join = opened(negative, null)) {
                for (String arrival : arrivals) {
                    String key = arrival.substring(6);
                    if (arrival.startsWith("event")) {
                        predict(join, key, events.get(key));
                    } else {
                        label(join, 7, key, labels.get(key), 1);
                    }
                }
                join.processBothWatermarks(mark(10_000));
                assertThat(outcomes(join))
                        .as("round %d, seed %d", round, SEED)
                        .containsExactlyInAnyOrderElementsOf(expected.values());
            }
        }
    }

    private static Watermark mark(double second) {
        return new Watermark(PaymentRecords.at(second));
    }

    private static void predict(
            KeyedTwoInputStreamOperatorTestHarness<String, PendingOutcome, KeyedVector, Outcome> join,
            String key,
            int second)
            throws Exception {
        join.processElement1(new StreamRecord<>(new PendingOutcome(
                key, PaymentRecords.at(second), negative.model(), 0.5f, null, new String[0], PendingOutcome.NO_WORTH)));
    }

    private static void label(
            KeyedTwoInputStreamOperatorTestHarness<String, PendingOutcome, KeyedVector, Outcome> join,
            long offset,
            String key,
            double second,
            double severity)
            throws Exception {
        var event = PaymentRecords.event(
                negative, PaymentPipeline.REPORTS, PaymentRecords.report(0, offset, second, key, second, severity));
        join.processElement2(
                new StreamRecord<>(new KeyedVector(key, new FeatureVector(event, new double[0], false), false)));
    }

    private static List<String> outcomes(
            KeyedTwoInputStreamOperatorTestHarness<String, PendingOutcome, KeyedVector, Outcome> join) {
        return join.extractOutputValues().stream()
                .map(outcome -> outcome.prediction().key() + " "
                        + (outcome.prediction().eventTimeMillis() - START) / 1000 + " " + outcome.positive())
                .toList();
    }

    private static List<String> late(
            KeyedTwoInputStreamOperatorTestHarness<String, PendingOutcome, KeyedVector, Outcome> join) {
        Queue<StreamRecord<Refusal>> refused = join.getSideOutput(AdmissionFunction.REFUSED);
        return refused == null
                ? List.of()
                : refused.stream()
                        .map(record -> (LateRecord) record.getValue())
                        .map(record -> record.eventId() + " by " + record.latenessMillis())
                        .toList();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, PendingOutcome, KeyedVector, Outcome> opened(
            InferencePlan plan, @Nullable OperatorSubtaskState state) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<String, PendingOutcome, KeyedVector, Outcome>(
                new KeyedCoProcessOperator<>(new LabelJoinFunction(plan)),
                PendingOutcome::key,
                KeyedVector::key,
                Types.STRING);
        harness.setup(OutcomeSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
