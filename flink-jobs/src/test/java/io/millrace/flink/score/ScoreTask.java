/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.control.ControlLog;
import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.flink.type.ScoredSerializer;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Scored;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A task that scores, with its mailbox in the test's hands: a mail runs where the task would look for more input. */
final class ScoreTask implements AutoCloseable {

    private static final double KNOWN = 20;

    private final InferencePlan plan;
    private final OneInputStreamOperatorTestHarness<KeyedVector, Scored> harness;

    ScoreTask(InferencePlan plan, @Nullable OperatorSubtaskState state) throws Exception {
        this(plan, MemoryControlLog.create(), state);
    }

    ScoreTask(InferencePlan plan, ControlLog.Factory control, @Nullable OperatorSubtaskState state) throws Exception {
        this.plan = plan;
        this.harness = new OneInputStreamOperatorTestHarness<>(new ScoreOperatorFactory(plan, control), 1, 1, 0);
        harness.setup(ScoredSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    ScoreTask(InferencePlan plan) throws Exception {
        this(plan, null);
    }

    /** A payment with an amount; its keyed features are all known. */
    void pay(long offset, @Nullable Double amount) throws Exception {
        send(PaymentRecords.payment(0, offset, offset, "c", "s", amount), true);
    }

    void send(RawRecord payment, boolean scored) throws Exception {
        double[] values = plan.unknownValues();
        Arrays.fill(values, KNOWN);
        FeatureVector vector =
                new FeatureVector(PaymentRecords.event(plan, PaymentPipeline.PAYMENTS, payment), values, false);
        harness.processElement(new KeyedVector("c", vector, scored), 0);
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    /** One look for more input; false: nobody asked for one. */
    boolean look() throws Exception {
        Mail mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY).orElse(null);
        if (mail == null) {
            return false;
        }
        mail.run();
        return true;
    }

    /** The task has no more input: it works off its mails. Returns how many there were. */
    int idle() throws Exception {
        int looks = 0;
        while (look()) {
            looks++;
        }
        return looks;
    }

    OperatorSubtaskState checkpoint(long id) throws Exception {
        harness.prepareSnapshotPreBarrier(id);
        return harness.snapshot(id, id);
    }

    void finish() throws Exception {
        harness.getOperator().finish();
    }

    /** Predictions and watermarks, in the order in which they left. */
    List<Object> everything() {
        return List.copyOf(harness.getOutput());
    }

    List<Prediction> predictions() {
        return harness.extractOutputValues().stream().map(Scored::prediction).toList();
    }

    List<String> ids() {
        return predictions().stream().map(Prediction::eventId).toList();
    }

    List<DeadLetter> deadLetters() {
        Queue<?> refused = harness.getSideOutput(AdmissionFunction.REFUSED);
        return refused == null
                ? List.of()
                : refused.stream()
                        .map(letter -> (DeadLetter) ((StreamRecord<?>) letter).getValue())
                        .toList();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
