/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.feature.FeatureProgram;
import io.millrace.flink.control.ControlLog;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.OutputRecordSerializer;
import io.millrace.model.ModelException;
import io.millrace.model.rollout.Participant;
import io.millrace.model.score.RowFault;
import io.millrace.pipeline.control.Epoch;
import io.millrace.pipeline.control.ModelEvent;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Scored;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.control.ModelEventEncoder;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Scores what is waiting, each event by the version of its time. A batch grows while records keep coming, up to {@code
 * max_size} rows or {@code max_wait}; as soon as the task has nothing more to read, it is scored. It is also scored before a
 * checkpoint barrier and before a watermark goes on, so a batch is never state and order is kept. Events that wait for the
 * decision on a change of models are state, and hold the watermark back.
 */
final class ScoreOperator extends AbstractStreamOperator<Scored>
        implements OneInputStreamOperator<KeyedVector, Scored>, Rollout.Listener, Batch.Scorings {

    /** Model events and what shadows say: encoded records for the service sink. */
    static final OutputTag<OutputRecord> SERVICE = new OutputTag<>("service", OutputRecordSerializer.TYPE);

    private static final long serialVersionUID = 1L;
    private static final int MOST_HELD = 100_000;

    private final InferencePlan plan;
    private final ControlLog.Factory controlLog;
    private final transient MailboxExecutor mailbox;
    private final long maxWaitNanos;
    private final long fenceTimeoutMillis;

    private transient FeatureProgram features;
    private transient ModelShelf shelf;
    private transient Participant participant;
    private transient Rollout rollout;
    private transient HeldEvents held;
    private transient @Nullable Watermark heldWatermark;
    private transient @Nullable Preparation limited;
    private transient Arms arms;
    private transient Batch batch;
    private transient ShadowOutput shadows;
    private transient ModelChoice choice;
    private transient ModelEventEncoder eventEncoder;
    private transient boolean fresh;
    private transient long reported;
    private transient PauseWatch pause;
    private transient long firstRowNanos;
    private transient long scoredAtMillis;
    private transient StreamRecord<Scored> element;
    private transient Counter batches;
    private transient Counter scored;
    private transient Refusals refusals;

    ScoreOperator(
            StreamOperatorParameters<Scored> parameters,
            InferencePlan plan,
            ControlLog.Factory controlLog,
            MailboxExecutor mailbox) {
        super(parameters);
        this.plan = plan;
        this.controlLog = controlLog;
        this.mailbox = mailbox;
        this.maxWaitNanos = plan.spec().model().maxBatchWait().toNanos();
        this.fenceTimeoutMillis = plan.spec().model().fenceTimeout().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        fresh = !context.isRestored();
        held = new HeldEvents(context.getOperatorStateStore());
        reported = held.reported();
        var task = getRuntimeContext().getTaskInfo();
        held.restore(
                task.getIndexOfThisSubtask(),
                task.getNumberOfParallelSubtasks(),
                task.getMaxNumberOfParallelSubtasks());
        Epoch epoch = new Epoch(getRuntimeContext().getJobInfo().getJobId().toHexString(), task.getAttemptNumber());
        participant = new Participant(plan.modelNames(), epoch, task.getIndexOfThisSubtask(), held.greatestMillis());
    }

    @Override
    public void open() throws Exception {
        super.open();
        features = plan.compileFeatures();
        choice = new ModelChoice(plan);
        arms = new Arms(plan);
        batch = new Batch();
        pause = new PauseWatch(mailbox, batch, this::flush);
        shadows = new ShadowOutput(plan, record -> output.collect(SERVICE, new StreamRecord<>(record)));
        eventEncoder = plan.modelEventEncoder();
        element = new StreamRecord<>(null);
        var group = getMetricGroup().addGroup("millrace").addGroup("score");
        shelf = new ModelShelf(plan, this::unavailable, this::flush, group);
        batches = group.counter("batches_total");
        scored = group.counter("predictions_total");
        refusals = new Refusals(plan, output, group.counter("rejected_total"));
        begin();
    }

    /** What the control log says holds from the first event on. Of an earlier job's life, nothing is reported again. */
    private void begin() throws Exception {
        var task = getRuntimeContext().getTaskInfo();
        RollCall call = participant.rollCall(task.getNumberOfParallelSubtasks(), fresh, plan.model(), plan.others());
        ControlLog log = controlLog.open(plan.spec().name() + "-control-" + task.getIndexOfThisSubtask());
        rollout = new Rollout(participant, log, shelf, mailbox, this);
        if (fresh) {
            reported = Long.MAX_VALUE;
        }
        long called = rollout.open(call);
        reported = fresh ? called : reported;
        if (!held.isEmpty()) {
            limitHolding();
        }
    }

    @Override
    public void processElement(StreamRecord<KeyedVector> record) {
        KeyedVector keyed = record.getValue();
        if (!keyed.scored()) {
            return;
        }
        FeatureVector vector = keyed.vector();
        features.finish(vector.event(), vector.values());
        int missing = features.rejected(vector.values());
        if (missing >= 0) {
            refusals.missing(vector.event(), missing);
            return;
        }
        admit(keyed);
    }

    private void admit(KeyedVector keyed) {
        Event event = keyed.vector().event();
        long time = event.eventTimeMillis();
        String value = choice.value(event);
        if (participant.holds(time, value)) {
            hold(keyed);
        } else {
            participant.scored(time);
            add(keyed.vector(), participant.at(time, value));
        }
    }

    private void add(FeatureVector vector, Regime regime) {
        ModelVersion canary = arms.isCanary(regime, vector.event()) ? regime.canary() : null;
        ModelVersion shadowVersion = shadows.working(regime.shadow());
        LoadedModel model = shelf.get(canary == null ? regime.champion() : canary);
        LoadedModel shadow = shadowVersion == null ? null : shelf.get(shadowVersion);
        if (batch.size() == 0) {
            firstRowNanos = System.nanoTime();
        }
        batch.add(vector, model, canary == null ? Arms.CHAMPION : Arms.CANARY, shadow);
        int worthwhile = Math.max(model.worthwhileRows(), shadow == null ? 1 : shadow.worthwhileRows());
        if (batch.size() >= worthwhile || System.nanoTime() - firstRowNanos >= maxWaitNanos) {
            flush();
        } else {
            pause.watch();
        }
    }

    private void hold(KeyedVector keyed) {
        held.add(keyed);
        limitHolding();
        if (held.size() == MOST_HELD) {
            rollout.refusePending(
                    MOST_HELD + " events are held, the most that one subtask may. Give no fence, or a later one.");
        }
    }

    /** From the first event that is held for a change, its decision has to come within a time. */
    private void limitHolding() {
        Preparation pending = participant.pending();
        if (pending == null || pending.equals(limited)) {
            return;
        }
        limited = pending;
        var clock = getProcessingTimeService();
        var unused = clock.registerTimer(clock.getCurrentProcessingTime() + fenceTimeoutMillis, timestamp -> {
            if (pending.equals(participant.pending())) {
                rollout.refusePending("events were held for " + fenceTimeoutMillis
                        + " ms and not every subtask has voted. Look at the job's health, or raise"
                        + " model.fence_timeout.");
            }
        });
    }

    /** No change is pending: what was held goes on, and with it the watermark. */
    @Override
    public void decided() {
        flush();
        held.release(this::admit);
        flush();
        if (held.isEmpty() && heldWatermark != null) {
            Watermark mark = heldWatermark;
            heldWatermark = null;
            output.emitWatermark(mark);
        }
    }

    /** The first subtask reports for all, and each position once. */
    @Override
    public void happened(long position, ModelEvent event) {
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0 && position > reported) {
            reported = position;
            mailbox.execute(
                    () -> output.collect(SERVICE, new StreamRecord<>(eventEncoder.encode(event))), "report " + event);
        }
    }

    private void unavailable(ModelVersion version, ModelException reason) {
        String message =
                "subtask " + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() + ": " + reason.getMessage();
        rollout.report(
                eventEncoder.encode(new ModelEvent(ModelEvent.Kind.UNAVAILABLE, null, null, version, null, message)));
    }

    private void flush() {
        if (batch.size() > 0) {
            pause.emptied();
            scoredAtMillis = System.currentTimeMillis();
            batch.score(this);
            batches.inc();
        }
    }

    @Override
    public void scored(FeatureVector vector, LoadedModel model, int row, String arm) {
        RowFault fault = model.fault(row);
        if (fault != null) {
            refusals.fault(vector.event(), fault);
            return;
        }
        scored.inc();
        Prediction prediction = model.prediction(vector, row, arm, scoredAtMillis);
        element.replace(new Scored(vector, prediction));
        output.collect(element);
    }

    @Override
    public void shadowed(FeatureVector vector, LoadedModel shadow, int row) {
        shadows.emit(vector, shadow, row, scoredAtMillis);
    }

    @Override
    public void shadowFailed(LoadedModel shadow, RuntimeException cause) {
        shadows.fail(shadow, cause.toString());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        held.snapshot(participant.greatestMillis(), reported);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        if (held.isEmpty()) {
            super.processWatermark(mark);
        } else {
            heldWatermark = mark;
        }
    }

    /** At the end of a bounded input, what is held still waits for its decision. */
    @Override
    public void finish() throws Exception {
        while (!held.isEmpty()) {
            mailbox.yield();
        }
        flush();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (rollout != null) {
            rollout.close();
        }
        super.close();
    }
}
