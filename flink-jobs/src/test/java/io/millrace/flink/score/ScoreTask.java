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
import io.millrace.pipeline.control.ModelEvent;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Scored;
import io.millrace.schema.Contracts;
import io.millrace.schema.OutputRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
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
        this(plan, control, state, 1);
    }

    /** The first of several subtasks. */
    ScoreTask(InferencePlan plan, ControlLog.Factory control, @Nullable OperatorSubtaskState state, int parallelism)
            throws Exception {
        this.plan = plan;
        this.harness = new OneInputStreamOperatorTestHarness<>(
                new ScoreOperatorFactory(plan, control), parallelism, parallelism, 0);
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

    /** Works off mails as they come, until something is so. */
    void until(BooleanSupplier reached) throws Exception {
        while (!reached.getAsBoolean()) {
            harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
        }
    }

    /** Works off mails as they come, until the pipeline's operators were told something; what that was. */
    Told untilTold(ModelEvent.Kind kind) throws Exception {
        until(() -> told().stream().anyMatch(told -> told.kind() == kind));
        return told().get(told().size() - 1);
    }

    /** Lets mail be delivered until this was told of a command. */
    void untilTold(ModelEvent.Kind kind, String command) throws Exception {
        until(() -> told().stream().anyMatch(told -> told.kind() == kind && command.equals(told.command())));
    }

    /** Lets processing time pass. */
    void elapse(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
    }

    /** What stands on the topic of model events. */
    record Told(ModelEvent.Kind kind, @Nullable String command, String reason) {}

    List<Told> told() {
        return told(service(plan.spec().outputs().models()));
    }

    static List<Told> told(List<OutputRecord> records) {
        return records.stream()
                .map(record -> decoded(record, Contracts.modelEvent()))
                .map(event -> new Told(
                        ModelEvent.Kind.valueOf(event.get("kind").toString()),
                        event.get("command_id") == null
                                ? null
                                : event.get("command_id").toString(),
                        event.get("reason").toString()))
                .toList();
    }

    /** What stands on the topic of shadows: each event's id and the version that scored it. */
    List<String> shadows() {
        return service(plan.spec().outputs().predictionsShadow()).stream()
                .map(record -> decoded(record, Contracts.prediction()))
                .map(prediction ->
                        prediction.get("event_id") + " by " + ((GenericRecord) prediction.get("model")).get("version"))
                .toList();
    }

    private List<OutputRecord> service(String topic) {
        Queue<?> records = harness.getSideOutput(ScoreOperator.SERVICE);
        return records == null
                ? List.of()
                : records.stream()
                        .map(record -> (OutputRecord) ((StreamRecord<?>) record).getValue())
                        .filter(record -> record.topic().equals(topic))
                        .toList();
    }

    private static GenericRecord decoded(OutputRecord record, Schema contract) {
        try {
            return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), contract).decode(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Each event's id and the version that scored it, in the order in which they left. */
    List<String> scored() {
        return predictions().stream()
                .map(prediction ->
                        prediction.eventId() + " by " + prediction.model().version())
                .toList();
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
