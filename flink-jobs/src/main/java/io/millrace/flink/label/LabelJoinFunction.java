/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.flink.type.KeyedVectorSerializer;
import io.millrace.flink.type.PendingOutcomeSerializer;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.spec.LabelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Joins predictions with labels by the key that both name. The label of an event is the earliest whose time is no further than
 * the horizon from the event's; of labels at one time a positive one. When the watermark has passed an event's horizon, an event
 * without a label is negative, or left out, as the pipeline says. A label behind the horizon of all events of its key is a late
 * record; one of an event that was never scored is forgotten after the horizon.
 *
 * <p>Nothing is decided before the watermark has passed the times it depends on, so outcomes do not depend on which of the two
 * came first.
 */
public final class LabelJoinFunction extends KeyedCoProcessFunction<String, PendingOutcome, KeyedVector, Outcome> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final long horizonMillis;
    private final boolean missingMeansNegative;
    private transient int labelSlot;
    private transient ListState<PendingOutcome> pending;
    private transient ListState<KeyedVector> labels;
    private transient ListState<Long> expired;

    public LabelJoinFunction(InferencePlan plan) {
        this.plan = plan;
        LabelSpec spec = Objects.requireNonNull(plan.spec().labels());
        this.horizonMillis = spec.horizon().toMillis();
        this.missingMeansNegative = spec.missingMeansNegative();
    }

    @Override
    public void open(OpenContext context) {
        labelSlot = plan.labelSlot();
        pending = getRuntimeContext().getListState(new ListStateDescriptor<>("pending", PendingOutcomeSerializer.TYPE));
        labels = getRuntimeContext().getListState(new ListStateDescriptor<>("labels", KeyedVectorSerializer.TYPE));
        expired = getRuntimeContext().getListState(new ListStateDescriptor<>("expired", Types.LONG));
    }

    /** A prediction. */
    @Override
    public void processElement1(PendingOutcome prediction, Context context, Collector<Outcome> out) throws Exception {
        pending.add(prediction);
        context.timerService().registerEventTimeTimer(prediction.eventTimeMillis());
        context.timerService().registerEventTimeTimer(prediction.eventTimeMillis() + horizonMillis);
    }

    /** A label. */
    @Override
    public void processElement2(KeyedVector label, Context context, Collector<Outcome> out) throws Exception {
        labels.add(label);
        context.timerService().registerEventTimeTimer(time(label));
        context.timerService().registerEventTimeTimer(time(label) + horizonMillis);
    }

    @Override
    public void onTimer(long now, OnTimerContext context, Collector<Outcome> out) throws Exception {
        List<KeyedVector> known = list(labels);
        refuseLate(now, known, context);
        List<PendingOutcome> waiting = new ArrayList<>();
        for (PendingOutcome prediction : list(pending)) {
            KeyedVector label = earliest(prediction, known, now);
            if (label != null) {
                out.collect(new Outcome(prediction, isPositive(label)));
            } else if (prediction.eventTimeMillis() + horizonMillis > now) {
                waiting.add(prediction);
            } else {
                expire(prediction, context, out);
            }
        }
        pending.update(waiting);
        known.removeIf(label -> time(label) + horizonMillis <= now);
        labels.update(known);
        List<Long> remembered = list(expired);
        remembered.removeIf(time -> time + 2 * horizonMillis <= now);
        expired.update(remembered);
    }

    private void expire(PendingOutcome prediction, OnTimerContext context, Collector<Outcome> out) throws Exception {
        if (missingMeansNegative) {
            out.collect(new Outcome(prediction, false));
        }
        expired.add(prediction.eventTimeMillis());
        context.timerService().registerEventTimeTimer(prediction.eventTimeMillis() + 2 * horizonMillis);
    }

    /** The label of a prediction as far as is known now; null while there is none. */
    private @Nullable KeyedVector earliest(PendingOutcome prediction, List<KeyedVector> known, long now) {
        long event = prediction.eventTimeMillis();
        KeyedVector earliest = null;
        for (KeyedVector label : known) {
            boolean counts = event <= now && time(label) <= now && Math.abs(time(label) - event) <= horizonMillis;
            if (counts && (earliest == null || isBefore(label, earliest))) {
                earliest = label;
            }
        }
        return earliest;
    }

    private boolean isBefore(KeyedVector label, KeyedVector other) {
        return time(label) < time(other) || time(label) == time(other) && isPositive(label);
    }

    /** Labels whose time has come and that lie behind the horizon of every event of their key. */
    private void refuseLate(long now, List<KeyedVector> known, OnTimerContext context) throws Exception {
        List<Long> events = list(expired);
        for (PendingOutcome prediction : pending.get()) {
            events.add(prediction.eventTimeMillis());
        }
        for (KeyedVector label : List.copyOf(known)) {
            long newest = newest(events, label);
            if (time(label) == now && newest != Long.MIN_VALUE && newest + horizonMillis < now) {
                known.remove(label);
                context.output(AdmissionFunction.REFUSED, late(label, now - newest - horizonMillis));
            }
        }
    }

    /** The newest event that is not after a label; {@link Long#MIN_VALUE} where there is none. */
    private static long newest(List<Long> events, KeyedVector label) {
        long newest = Long.MIN_VALUE;
        for (long event : events) {
            newest = event <= time(label) ? Math.max(newest, event) : newest;
        }
        return newest;
    }

    private static LateRecord late(KeyedVector label, long latenessMillis) {
        Event event = label.vector().event();
        return new LateRecord(
                event.raw(), event.id(), event.eventTimeMillis(), latenessMillis, false, event.ingestedAtMillis());
    }

    private static long time(KeyedVector label) {
        return label.vector().event().eventTimeMillis();
    }

    private boolean isPositive(KeyedVector label) {
        return label.vector().event().numbers()[labelSlot] > 0;
    }

    private static <T> List<T> list(ListState<T> state) throws Exception {
        List<T> list = new ArrayList<>();
        state.get().forEach(list::add);
        return list;
    }
}
