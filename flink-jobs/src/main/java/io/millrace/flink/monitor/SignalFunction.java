/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.TrafficPane;
import io.millrace.monitor.TrafficSignals;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.SignalEncoder;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges what the subtasks counted in one window, and says it when the watermark passes the window's end. What comes for
 * a window after that is said apart, as signals of their own with their own sample size.
 */
public final class SignalFunction extends KeyedProcessFunction<Long, TrafficPane, OutputRecord> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final long windowMillis;
    private transient ValueState<TrafficPane> merged;
    private transient TrafficSignals signals;
    private transient SignalEncoder encoder;

    public SignalFunction(InferencePlan plan) {
        this.plan = plan;
        this.windowMillis =
                Objects.requireNonNull(plan.spec().monitor()).window().toMillis();
    }

    @Override
    public void open(OpenContext context) {
        merged = getRuntimeContext().getState(new ValueStateDescriptor<>("pane", PaneSerializer.TYPE));
        signals = plan.trafficSignals();
        encoder = plan.signalEncoder();
    }

    @Override
    public void processElement(TrafficPane pane, Context context, Collector<OutputRecord> out) throws Exception {
        TrafficPane before = merged.value();
        if (before == null) {
            context.timerService().registerEventTimeTimer(pane.windowStartMillis() + windowMillis - 1);
            merged.update(pane);
        } else {
            before.merge(pane);
            merged.update(before);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<OutputRecord> out) throws Exception {
        TrafficPane pane = merged.value();
        if (pane != null) {
            for (MonitoringSignal signal : signals.of(pane)) {
                out.collect(encoder.encode(signal));
            }
            merged.clear();
        }
    }
}
