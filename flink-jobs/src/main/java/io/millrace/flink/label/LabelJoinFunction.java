/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.label.LabelState.HeldLabel;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.LabelSpec;
import java.util.Iterator;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins predictions with labels by the key that both name. The label of an event is the earliest whose time is no further than
 * the horizon from the event's; of labels at one time a positive one. When the watermark has passed an event's horizon, an event
 * without a label is negative, or left out, as the pipeline says. A label that has answered nothing within the horizon is a late
 * record: it came too late, or another came before it, or its event was never scored.
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
    private transient ValueState<LabelState> waiting;

    public LabelJoinFunction(InferencePlan plan) {
        this.plan = plan;
        LabelSpec spec = Objects.requireNonNull(plan.spec().labels());
        this.horizonMillis = spec.horizon().toMillis();
        this.missingMeansNegative = spec.missingMeansNegative();
    }

    @Override
    public void open(OpenContext context) {
        labelSlot = plan.labelSlot();
        waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", LabelStateSerializer.TYPE));
    }

    /** A prediction. Its own time matters only where a label is here before it. */
    @Override
    public void processElement1(PendingOutcome prediction, Context context, Collector<Outcome> out) throws Exception {
        LabelState state = state();
        state.predictions.add(prediction);
        waiting.update(state);
        context.timerService().registerEventTimeTimer(prediction.eventTimeMillis() + horizonMillis);
        if (!state.labels.isEmpty()) {
            context.timerService().registerEventTimeTimer(prediction.eventTimeMillis());
        }
    }

    /** A label. It decides for predictions at its time, or at that of a prediction that is here and later. */
    @Override
    public void processElement2(KeyedVector event, Context context, Collector<Outcome> out) throws Exception {
        LabelState state = state();
        HeldLabel label = new HeldLabel(event, false);
        state.labels.add(label);
        waiting.update(state);
        context.timerService().registerEventTimeTimer(label.timeMillis());
        context.timerService().registerEventTimeTimer(label.timeMillis() + horizonMillis);
        for (PendingOutcome prediction : state.predictions) {
            if (prediction.eventTimeMillis() > label.timeMillis()) {
                context.timerService().registerEventTimeTimer(prediction.eventTimeMillis());
            }
        }
    }

    private LabelState state() throws Exception {
        LabelState state = waiting.value();
        return state == null ? new LabelState() : state;
    }

    @Override
    public void onTimer(long now, OnTimerContext context, Collector<Outcome> out) throws Exception {
        LabelState state = waiting.value();
        if (state == null) {
            return;
        }
        Iterator<PendingOutcome> predictions = state.predictions.iterator();
        while (predictions.hasNext()) {
            PendingOutcome prediction = predictions.next();
            int label = earliest(prediction, state, now);
            if (label >= 0) {
                HeldLabel answer = state.labels.get(label);
                out.collect(new Outcome(prediction, isPositive(answer), answer.timeMillis()));
                state.labels.set(label, new HeldLabel(answer.event(), true));
                predictions.remove();
            } else if (prediction.eventTimeMillis() + horizonMillis <= now) {
                if (missingMeansNegative) {
                    out.collect(new Outcome(prediction, false, prediction.eventTimeMillis() + horizonMillis));
                }
                predictions.remove();
            }
        }
        endLabels(state, now, context);
        waiting.update(state.isEmpty() ? null : state);
    }

    /** The place of a prediction's label as far as is known now; −1 while there is none. */
    private int earliest(PendingOutcome prediction, LabelState state, long now) {
        long event = prediction.eventTimeMillis();
        int earliest = -1;
        for (int i = 0; i < state.labels.size() && event <= now; i++) {
            HeldLabel label = state.labels.get(i);
            boolean counts = label.timeMillis() <= now && Math.abs(label.timeMillis() - event) <= horizonMillis;
            if (counts && (earliest < 0 || isBefore(label, state.labels.get(earliest)))) {
                earliest = i;
            }
        }
        return earliest;
    }

    /** By time; at one time positive ones first, then by where they stand. */
    private boolean isBefore(HeldLabel label, HeldLabel other) {
        if (label.timeMillis() != other.timeMillis()) {
            return label.timeMillis() < other.timeMillis();
        }
        if (isPositive(label) != isPositive(other)) {
            return isPositive(label);
        }
        SourcePosition mine = label.event().vector().event().raw().position();
        SourcePosition theirs = other.event().vector().event().raw().position();
        return mine.partition() < theirs.partition()
                || mine.partition() == theirs.partition() && mine.offset() < theirs.offset();
    }

    /** Labels that no event can ask for any more. */
    private void endLabels(LabelState state, long now, OnTimerContext context) {
        Iterator<HeldLabel> labels = state.labels.iterator();
        while (labels.hasNext()) {
            HeldLabel label = labels.next();
            if (label.timeMillis() + horizonMillis <= now) {
                labels.remove();
                if (!label.matched()) {
                    context.output(AdmissionFunction.REFUSED, late(label));
                }
            }
        }
    }

    private LateRecord late(HeldLabel label) {
        Event event = label.event().vector().event();
        return new LateRecord(
                event.raw(), event.id(), event.eventTimeMillis(), horizonMillis, false, event.ingestedAtMillis());
    }

    private boolean isPositive(HeldLabel label) {
        return label.event().vector().event().numbers()[labelSlot] > 0;
    }
}
