/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.alert.AlertRules;
import io.millrace.monitor.alert.AlertState;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.pipeline.record.Alert;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.schema.AlertEncoder;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.SignalEncoder;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges what the subtasks counted in the windows of one series (a kind of pane, a model version, a segment), and says it when
 * the watermark passes the window's end, and the horizon of labels where they are waited for. What comes for a window after
 * that is said apart, as signals of their own with their own sample size. The alerts of a series are opened and closed by its
 * windows; those of a version that is no longer heard of are closed after {@link #SILENT_WINDOWS} windows.
 */
public final class SignalFunction extends KeyedProcessFunction<String, MonitorPane, OutputRecord> {

    private static final long serialVersionUID = 1L;

    /** After so many windows without an event a series is forgotten. */
    static final int SILENT_WINDOWS = 10;

    private final InferencePlan plan;
    private final long windowMillis;
    private transient MapState<Long, MonitorPane> open;
    private transient ValueState<MonitorPane> previous;
    private transient ValueState<AlertState> alertState;
    private transient VersionMonitors monitors;
    private transient AlertRules rules;
    private transient SignalEncoder signalEncoder;
    private transient AlertEncoder alertEncoder;

    public SignalFunction(InferencePlan plan) {
        this.plan = plan;
        this.windowMillis =
                Objects.requireNonNull(plan.spec().monitor()).window().toMillis();
    }

    @Override
    public void open(OpenContext context) {
        open = getRuntimeContext().getMapState(new MapStateDescriptor<>("panes", Types.LONG, PaneSerializer.TYPE));
        previous = getRuntimeContext().getState(new ValueStateDescriptor<>("previous", PaneSerializer.TYPE));
        alertState = getRuntimeContext().getState(new ValueStateDescriptor<>("alerts", AlertStateSerializer.TYPE));
        monitors = new VersionMonitors(plan);
        rules = new AlertRules(plan.alertRules());
        signalEncoder = plan.signalEncoder();
        alertEncoder = plan.alertEncoder();
    }

    @Override
    public void processElement(MonitorPane pane, Context context, Collector<OutputRecord> out) throws Exception {
        long start = pane.key().windowStartMillis();
        MonitorPane before = open.get(start);
        if (before == null) {
            context.timerService().registerEventTimeTimer(due(pane));
            open.put(start, pane);
        } else {
            before.merge(pane);
            open.put(start, before);
        }
    }

    /** When everything of the pane's window has come. */
    private long due(MonitorPane pane) {
        long end = pane.key().windowStartMillis() + windowMillis - 1;
        return pane.key().kind() == PaneKind.OUTCOME ? end + plan.horizonMillis() : end;
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<OutputRecord> out) throws Exception {
        long newest = Long.MIN_VALUE;
        for (Long start : List.copyOf(starts())) {
            MonitorPane pane = open.get(start);
            if (due(pane) <= time) {
                say(pane, out);
                open.remove(start);
                newest = Math.max(newest, due(pane));
            }
        }
        if (newest != Long.MIN_VALUE) {
            context.timerService().registerEventTimeTimer(newest + SILENT_WINDOWS * windowMillis);
        } else if (isSilent(time)) {
            forget(time, out);
        }
    }

    /** The starts of the open windows, oldest first. */
    private List<Long> starts() throws Exception {
        java.util.TreeSet<Long> starts = new java.util.TreeSet<>();
        open.keys().forEach(starts::add);
        return List.copyOf(starts);
    }

    private void say(MonitorPane pane, Collector<OutputRecord> out) throws Exception {
        MonitorPane before = previous.value();
        List<MonitoringSignal> signals = monitors.apply(pane.key().model()).signals(pane, before);
        for (MonitoringSignal signal : signals) {
            out.collect(signalEncoder.encode(signal));
        }
        AlertState state = alerts();
        tell(rules.evaluate(signals, state), out);
        alertState.update(state);
        if (before == null || before.key().windowStartMillis() < pane.key().windowStartMillis()) {
            previous.update(pane);
        }
    }

    private AlertState alerts() throws Exception {
        AlertState state = alertState.value();
        return state == null ? new AlertState() : state;
    }

    private void tell(List<Alert> alerts, Collector<OutputRecord> out) {
        alerts.forEach(alert -> out.collect(alertEncoder.encode(alert)));
    }

    private boolean isSilent(long time) throws Exception {
        MonitorPane last = previous.value();
        return open.isEmpty() && last != null && due(last) + SILENT_WINDOWS * windowMillis <= time;
    }

    private void forget(long time, Collector<OutputRecord> out) throws Exception {
        String version = previous.value().key().model().version();
        tell(alerts().retire(version, time + 1), out);
        previous.clear();
        alertState.clear();
    }
}
