/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.feature.HopProgram;
import io.millrace.feature.KeyState;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.KeyedVectorSerializer;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.spec.Order;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One keyed hop. Under {@code order: event_time} an event is held until the watermark passes its time; then, as at once
 * under {@code arrival}, it meets the state of its key. A key unseen for longer than its windows reach is dropped.
 */
public final class FeatureFunction extends KeyedProcessFunction<String, KeyedVector, KeyedVector> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final int hop;
    private final EventOrder order;
    private final boolean byEventTime;

    private transient HopProgram program;
    private transient ValueState<KeyState> features;
    private transient ValueState<Long> cleanup;
    private transient MapState<Long, List<KeyedVector>> held;
    private transient Counter behindWatermark;

    public FeatureFunction(InferencePlan plan, int hop) {
        this.plan = plan;
        this.hop = hop;
        this.order = new EventOrder(plan.scored());
        this.byEventTime = plan.spec().order() == Order.EVENT_TIME;
    }

    @Override
    public void open(OpenContext context) {
        program = plan.compileFeatures().hops().get(hop);
        features = getRuntimeContext().getState(new ValueStateDescriptor<>("features", KeyStateSerializer.TYPE));
        cleanup = getRuntimeContext().getState(new ValueStateDescriptor<>("cleanup", Types.LONG));
        held = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("held", Types.LONG, Types.LIST(KeyedVectorSerializer.TYPE)));
        behindWatermark = getRuntimeContext()
                .getMetricGroup()
                .addGroup("millrace")
                .addGroup("feature")
                .counter("behind_watermark_total");
    }

    @Override
    public void processElement(KeyedVector keyed, Context context, Collector<KeyedVector> out) throws Exception {
        long time = keyed.vector().event().eventTimeMillis();
        boolean behind = byEventTime && time <= context.timerService().currentWatermark();
        if (behind) {
            behindWatermark.inc();
        }
        if (byEventTime && !behind) {
            hold(keyed, time);
            context.timerService().registerEventTimeTimer(time);
        } else {
            meet(keyed, behind, context, out);
        }
    }

    private void hold(KeyedVector keyed, long time) throws Exception {
        List<KeyedVector> waiting = held.get(time);
        if (waiting == null) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(keyed);
        held.put(time, waiting);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<KeyedVector> out) throws Exception {
        List<KeyedVector> due = held.get(time);
        if (due != null) {
            held.remove(time);
            List<KeyedVector> inOrder = new ArrayList<>(due);
            inOrder.sort(order);
            for (KeyedVector keyed : inOrder) {
                meet(keyed, false, context, out);
            }
        }
        Long cleanupTime = cleanup.value();
        if (cleanupTime != null && cleanupTime <= time) {
            evict(time, context);
        }
    }

    private void meet(KeyedVector keyed, boolean behind, Context context, Collector<KeyedVector> out) throws Exception {
        Event event = keyed.vector().event();
        KeyState state = NullKey.is(keyed.key()) ? null : stateOf(event, context);
        if (keyed.scored()) {
            double[] values = keyed.vector().values().clone();
            program.compute(event, values, state);
            keep(state);
            boolean marked = behind || keyed.vector().behindWatermark();
            out.collect(new KeyedVector(keyed.key(), new FeatureVector(event, values, marked), true));
            return;
        }
        if (state != null) {
            program.fold(event, state);
            keep(state);
        }
        if (event.stream() == plan.scored()) {
            out.collect(keyed);
        }
    }

    private KeyState stateOf(Event event, Context context) throws Exception {
        KeyState state = features.value();
        if (state == null) {
            state = program.newState();
            scheduleCleanup(event.eventTimeMillis() + program.retentionMillis(), context);
        }
        return state;
    }

    private void keep(@Nullable KeyState state) throws Exception {
        if (state != null) {
            features.update(state);
        }
    }

    private void scheduleCleanup(long time, Context context) throws Exception {
        cleanup.update(time);
        context.timerService().registerEventTimeTimer(time);
    }

    private void evict(long time, Context context) throws Exception {
        KeyState state = features.value();
        if (state == null || program.evict(state, time)) {
            features.clear();
            cleanup.clear();
            return;
        }
        features.update(state);
        scheduleCleanup(time + program.retentionMillis(), context);
    }
}
