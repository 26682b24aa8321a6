/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.feature.FeatureProgram;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.model.score.RowFault;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Scored;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Scores what is waiting. A batch grows while records keep coming, up to {@code max_size} rows or {@code max_wait}; as soon
 * as the task has nothing more to read, it is scored. It is also scored before a checkpoint barrier and before a watermark
 * goes on, so a batch is never state and order is kept.
 *
 * <p>The task's mailbox tells when input pauses: a mail runs after each record that the task processes, and finds that no
 * row was added since the last one.
 */
final class ScoreOperator extends AbstractStreamOperator<Scored>
        implements OneInputStreamOperator<KeyedVector, Scored> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final transient MailboxExecutor mailbox;
    private final long maxWaitNanos;

    private transient FeatureProgram features;
    private transient ScoringProgram scoring;
    private transient PredictionFactory predictions;
    private transient int[] inputSlots;
    private transient FeatureVector[] waiting;
    private transient int batchSize;
    private transient int rows;
    private transient int rowsAtLastLook;
    private transient long firstRowNanos;
    private transient boolean mailUnderWay;
    private transient StreamRecord<Scored> element;
    private transient Counter batches;
    private transient Counter scored;
    private transient Counter rejected;

    ScoreOperator(StreamOperatorParameters<Scored> parameters, InferencePlan plan, MailboxExecutor mailbox) {
        super(parameters);
        this.plan = plan;
        this.mailbox = mailbox;
        this.maxWaitNanos = plan.spec().model().maxBatchWait().toNanos();
    }

    @Override
    public void open() throws Exception {
        super.open();
        features = plan.compileFeatures();
        scoring = new ModelOpening(plan).open();
        predictions = new PredictionFactory(plan, scoring);
        inputSlots = plan.inputSlots();
        batchSize = scoring.gainsFromBatches() ? scoring.maxBatch() : 1;
        waiting = new FeatureVector[batchSize];
        element = new StreamRecord<>(null);
        var group = getMetricGroup().addGroup("millrace").addGroup("score");
        batches = group.counter("batches_total");
        scored = group.counter("predictions_total");
        rejected = group.counter("rejected_total");
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
            refuse(vector.event(), DeadLetter.Reason.EXPRESSION, plan.featureName(missing), missingMessage(missing));
            return;
        }
        add(vector);
    }

    private void add(FeatureVector vector) {
        if (rows == 0) {
            firstRowNanos = System.nanoTime();
        }
        scoring.put(rows, vector.values(), inputSlots);
        waiting[rows++] = vector;
        if (rows == batchSize || System.nanoTime() - firstRowNanos >= maxWaitNanos) {
            flush();
        } else {
            watch();
        }
    }

    /** Asks to be called after the next record that the task processes, or at once when there is none. */
    private void watch() {
        if (!mailUnderWay) {
            mailUnderWay = true;
            rowsAtLastLook = 0;
            mailbox.execute(this::look, "score what is waiting");
        }
    }

    private void look() {
        if (rows > rowsAtLastLook) {
            rowsAtLastLook = rows;
            mailbox.execute(this::look, "score what is waiting");
            return;
        }
        mailUnderWay = false;
        flush();
    }

    private void flush() {
        if (rows == 0) {
            return;
        }
        int count = rows;
        rows = 0;
        rowsAtLastLook = 0;
        scoring.score(count);
        long now = System.currentTimeMillis();
        for (int row = 0; row < count; row++) {
            emit(waiting[row], row, now);
        }
        batches.inc();
    }

    private void emit(FeatureVector vector, int row, long now) {
        RowFault fault = scoring.fault(row);
        if (fault != null) {
            refuse(vector.event(), DeadLetter.Reason.MODEL_ERROR, fault.input(), fault.message());
            return;
        }
        scored.inc();
        element.replace(new Scored(vector, predictions.make(vector, row, now)));
        output.collect(element);
    }

    private void refuse(Event event, DeadLetter.Reason reason, @Nullable String field, String message) {
        rejected.inc();
        DeadLetter letter =
                new DeadLetter(event.raw(), reason, "score", field, message, null, System.currentTimeMillis());
        output.collect(AdmissionFunction.REFUSED, new StreamRecord<>(letter));
    }

    private String missingMessage(int feature) {
        return "feature '" + plan.featureName(feature) + "' is missing for this event, and the pipeline says missing:"
                + " dead_letter. Send the fields that it is made of, or give it a number.";
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (scoring != null) {
            scoring.close();
        }
        super.close();
    }
}
