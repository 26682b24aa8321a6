/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Refusal;
import io.millrace.schema.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Each record that enters leaves once: as an event, as a late record, or as a dead letter. */
class AdmissionFunctionTest {

    private static final int MAX_PARALLELISM = 8;

    private final InferencePlan plan = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);

    @Test
    void anEventOfTheScoredStreamIsToBeScored() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            send(admission, PaymentRecords.payment(0, 0, 1, "c", "s", 5.0));
            KeyedVector admitted = admission.extractOutputValues().get(0);
            assertThat(admitted.scored()).isTrue();
            assertThat(admitted.vector().values()).hasSize(7).containsOnly(Double.NaN);
            assertThat(admitted.vector().behindWatermark()).isFalse();
            assertThat(refusals(admission)).isEmpty();
        }
    }

    @Test
    void anEventOfAnotherStreamOnlyEntersState() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.REPORTS)) {
            admission.processElement(
                    PaymentRecords.decoded(plan, PaymentPipeline.REPORTS, PaymentRecords.report(0, 0, 1, "s", 0, 2)),
                    0);
            assertThat(admission.extractOutputValues())
                    .extracting(KeyedVector::scored)
                    .containsExactly(false);
        }
    }

    @Test
    void anEventIsLateByItsOwnPartitionAlone() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            send(admission, payment(0, 0, 100));
            send(admission, payment(1, 0, 10));
            send(admission, payment(0, 1, 98));
            send(admission, payment(0, 2, 97.999));
            send(admission, payment(1, 1, 8));
            assertThat(ids(admission)).containsExactly("p0-0", "p1-0", "p0-1", "p1-1");
            LateRecord late = (LateRecord) refusals(admission).get(0);
            assertThat(late.eventId()).isEqualTo("p0-2");
            assertThat(late.latenessMillis()).isEqualTo(2_001);
            assertThat(late.folded()).isFalse();
            assertThat(late.atMillis()).isEqualTo(PaymentRecords.READ_AT);
            assertThat(refusals(admission)).hasSize(1);
        }
    }

    @Test
    void aLateEventMovesNothing() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            send(admission, payment(0, 0, 100));
            send(admission, payment(0, 1, 50));
            send(admission, payment(0, 2, 51));
            assertThat(refusals(admission))
                    .extracting(late -> ((LateRecord) late).latenessMillis())
                    .containsExactly(50_000L, 49_000L);
        }
    }

    @Test
    void whatIsLateIsFoldedInsideTheAllowedLatenessOnly() throws Exception {
        InferencePlan lenient = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME, "10s");
        try (var admission = opened(lenient, PaymentPipeline.PAYMENTS)) {
            send(admission, payment(0, 0, 100));
            send(admission, payment(0, 1, 88));
            send(admission, payment(0, 2, 87.999));
            assertThat(refusals(admission))
                    .extracting(late -> ((LateRecord) late).folded())
                    .containsExactly(true, false);
            assertThat(ids(admission)).containsExactly("p0-0", "p0-1");
            assertThat(admission.extractOutputValues())
                    .extracting(KeyedVector::scored)
                    .containsExactly(true, false);
        }
    }

    @Test
    void nothingIsLateUnderArrival() throws Exception {
        InferencePlan arrival = PaymentPipeline.plan(PaymentPipeline.ARRIVAL);
        try (var admission = opened(arrival, PaymentPipeline.PAYMENTS)) {
            send(admission, payment(0, 0, 100));
            send(admission, payment(0, 1, 1));
            assertThat(ids(admission)).containsExactly("p0-0", "p0-1");
            assertThat(refusals(admission)).isEmpty();
        }
    }

    @Test
    void aRecordThatCouldNotBeDecodedPassesAsItIs() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            RawRecord raw = payment(0, 0, 1);
            DeadLetter letter = new DeadLetter(raw, DeadLetter.Reason.TYPE, "source", "amount", "no number", 3, 4);
            admission.processElement(new Decoded.Refused(letter), 0);
            assertThat(refusals(admission)).containsExactly(letter);
            assertThat(admission.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void aNullKeyThatFeaturesNeedIsADeadLetter() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            RawRecord raw = PaymentRecords.payment(2, 7, 1, null, "s", 5.0);
            send(admission, raw);
            DeadLetter letter = (DeadLetter) refusals(admission).get(0);
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.NULL_KEY);
            assertThat(letter.stage()).isEqualTo("source");
            assertThat(letter.field()).isEqualTo("customer");
            assertThat(letter.raw()).isSameAs(raw);
            assertThat(letter.message())
                    .isEqualTo("field 'customer' is null, and features are kept by it. Fill it in the producer, or give"
                            + " those features a missing: value.");
            assertThat(admission.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void aNullKeyThatFeaturesAllowIsAdmitted() throws Exception {
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            send(admission, PaymentRecords.payment(2, 7, 1, "c", null, 5.0));
            assertThat(ids(admission)).containsExactly("p2-7");
        }
    }

    @Test
    void latenessIsRememberedOverARestoreAtAnyParallelism() throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var admission = harness(plan, PaymentPipeline.PAYMENTS, 2, subtask)) {
                admission.open();
                send(admission, payment(subtask, 0, 100 + subtask));
                send(admission, payment(subtask + 2, 0, 200 + subtask));
                states.add(admission.snapshot(1, 1));
            }
        }
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(new OperatorSubtaskState[0]));
        for (int subtask = 0; subtask < 3; subtask++) {
            OperatorSubtaskState mine =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(all, MAX_PARALLELISM, 2, 3, subtask);
            try (var admission = harness(plan, PaymentPipeline.PAYMENTS, 3, subtask)) {
                admission.initializeState(mine);
                admission.open();
                for (int partition = 0; partition < 4; partition++) {
                    send(admission, payment(partition, 1, partition < 2 ? 97.5 : 197.5));
                }
                send(admission, payment(4, 1, 1));
                assertThat(ids(admission)).as("subtask %d", subtask).containsExactly("p4-1");
                assertThat(refusals(admission))
                        .extracting(late -> ((LateRecord) late).latenessMillis())
                        .containsExactly(2_500L, 3_500L, 2_500L, 3_500L);
            }
        }
    }

    @Test
    void staleTimesOfOtherSubtasksNeverTurnTheClockBack() throws Exception {
        OperatorSubtaskState first;
        try (var admission = opened(plan, PaymentPipeline.PAYMENTS)) {
            send(admission, payment(0, 0, 100));
            first = admission.snapshot(1, 1);
        }
        OperatorSubtaskState stale;
        try (var bystander = harness(plan, PaymentPipeline.PAYMENTS, 1, 0)) {
            bystander.initializeState(first);
            bystander.open();
            stale = bystander.snapshot(2, 2);
        }
        OperatorSubtaskState advanced;
        try (var owner = harness(plan, PaymentPipeline.PAYMENTS, 1, 0)) {
            owner.initializeState(first);
            owner.open();
            send(owner, payment(0, 1, 300));
            advanced = owner.snapshot(2, 2);
        }
        try (var restored = harness(plan, PaymentPipeline.PAYMENTS, 1, 0)) {
            restored.initializeState(AbstractStreamOperatorTestHarness.repackageState(advanced, stale));
            restored.open();
            send(restored, payment(0, 2, 299));
            send(restored, payment(0, 3, 297));
            assertThat(ids(restored)).containsExactly("p0-2");
        }
    }

    private static RawRecord payment(int partition, long offset, double second) {
        return PaymentRecords.payment(partition, offset, second, "c", "s", 5.0);
    }

    private void send(OneInputStreamOperatorTestHarness<Decoded, KeyedVector> admission, RawRecord payment)
            throws Exception {
        admission.processElement(PaymentRecords.decoded(plan, PaymentPipeline.PAYMENTS, payment), 0);
    }

    private static List<String> ids(OneInputStreamOperatorTestHarness<Decoded, KeyedVector> admission) {
        return admission.extractOutputValues().stream()
                .map(keyed -> keyed.vector().event().id())
                .toList();
    }

    private static List<Refusal> refusals(OneInputStreamOperatorTestHarness<Decoded, KeyedVector> admission) {
        Queue<StreamRecord<Refusal>> refused = admission.getSideOutput(AdmissionFunction.REFUSED);
        return refused == null
                ? List.of()
                : refused.stream().map(StreamRecord::getValue).toList();
    }

    private static OneInputStreamOperatorTestHarness<Decoded, KeyedVector> opened(InferencePlan plan, int stream)
            throws Exception {
        var harness = harness(plan, stream, 1, 0);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<Decoded, KeyedVector> harness(
            InferencePlan plan, int stream, int parallelism, int subtask) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<Decoded, KeyedVector>(
                new ProcessOperator<>(new AdmissionFunction(plan, stream)), MAX_PARALLELISM, parallelism, subtask);
        harness.setup();
        return harness;
    }
}
