/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.replay.Disorder;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.RefusalSerializer;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.Refusal;
import io.millrace.pipeline.spec.Order;
import io.millrace.schema.Decoded;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets in what can be used. A record that could not be decoded, one behind the disorder its stream allows, and one
 * without a key that a feature needs leave on the side. Its state is the greatest time of each partition.
 */
public final class AdmissionFunction extends ProcessFunction<Decoded, KeyedVector> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final double[] NO_VALUES = {};

    /** Records that leave without a prediction. */
    public static final OutputTag<Refusal> REFUSED = new OutputTag<>("refused", RefusalSerializer.TYPE);

    private final InferencePlan plan;
    private final int stream;
    private final boolean lateness;
    private final Disorder disorder;

    private transient PartitionTimes times;
    private transient ListState<Tuple2<Integer, Long>> stored;
    private transient FeatureProgram program;
    private transient Counter admitted;
    private transient Counter deadLetters;
    private transient Counter late;

    public AdmissionFunction(InferencePlan plan, int stream) {
        this.plan = plan;
        this.stream = stream;
        this.lateness = plan.spec().order() == Order.EVENT_TIME;
        this.disorder = Disorder.of(plan.spec().streams().get(stream).eventTime());
    }

    @Override
    public void open(OpenContext context) {
        program = plan.compileFeatures();
        var metrics = getRuntimeContext().getMetricGroup().addGroup("millrace").addGroup("source");
        admitted = metrics.counter("events_total");
        deadLetters = metrics.counter("dead_letters_total");
        late = metrics.counter("late_total");
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<KeyedVector> out) {
        if (decoded instanceof Decoded.Accepted accepted) {
            admit(accepted.event(), context, out);
        } else if (decoded instanceof Decoded.Refused refused) {
            refuse(refused.deadLetter(), context);
        }
    }

    private void admit(Event event, Context context, Collector<KeyedVector> out) {
        int partition = event.raw().position().partition();
        long greatest = times.greatest(partition);
        times.see(partition, event.eventTimeMillis());
        String nullKey = program.nullKey(event);
        if (nullKey != null) {
            refuse(nullKeyLetter(event, nullKey), context);
            return;
        }
        if (lateness && disorder.isLate(event.eventTimeMillis(), greatest)) {
            admitLate(event, greatest, context, out);
            return;
        }
        admitted.inc();
        out.collect(vector(event, stream == plan.scored()));
    }

    private void admitLate(Event event, long greatest, Context context, Collector<KeyedVector> out) {
        long latenessMillis = greatest - event.eventTimeMillis();
        boolean folded = disorder.isFolded(event.eventTimeMillis(), greatest);
        late.inc();
        context.output(
                REFUSED,
                new LateRecord(
                        event.raw(),
                        event.id(),
                        event.eventTimeMillis(),
                        latenessMillis,
                        folded,
                        event.ingestedAtMillis()));
        if (folded) {
            out.collect(vector(event, false));
        }
    }

    private KeyedVector vector(Event event, boolean scored) {
        return new KeyedVector("", new FeatureVector(event, scored ? plan.unknownValues() : NO_VALUES, false), scored);
    }

    private void refuse(DeadLetter letter, Context context) {
        deadLetters.inc();
        context.output(REFUSED, letter);
    }

    private DeadLetter nullKeyLetter(Event event, String field) {
        return new DeadLetter(
                event.raw(),
                DeadLetter.Reason.NULL_KEY,
                "source",
                field,
                "field '" + field
                        + "' is null, and features are kept by it. Fill it in the producer, or give those features"
                        + " a missing: value.",
                null,
                event.ingestedAtMillis());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        times = new PartitionTimes();
        stored = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("partition-times", Types.TUPLE(Types.INT, Types.LONG)));
        for (Tuple2<Integer, Long> entry : stored.get()) {
            times.see(entry.f0, entry.f1);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        stored.clear();
        for (int partition = 0; partition < times.partitions(); partition++) {
            if (times.greatest(partition) != PartitionTimes.NONE) {
                stored.add(Tuple2.of(partition, times.greatest(partition)));
            }
        }
    }
}
