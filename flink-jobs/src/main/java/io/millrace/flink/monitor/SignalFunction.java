/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.alert.AlertRules;
import io.millrace.monitor.alert.AlertState;
import io.millrace.monitor.late.LateCounts;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.record.Alert;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.schema.AlertEncoder;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.SignalEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
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
    private transient OpenPanes open;
    private transient MapState<String, MonitorPane> previous;
    private transient MapState<Long, Boolean> inputsMoved;
    private transient MapState<Long, LateCounts> late;
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
        RuntimeContext runtime = getRuntimeContext();
        open = new OpenPanes(
                runtime.getMapState(new MapStateDescriptor<>("predictions", Types.LONG, PaneSerializer.TYPE)),
                runtime.getMapState(new MapStateDescriptor<>("outcomes", Types.LONG, PaneSerializer.TYPE)),
                windowMillis,
                plan.horizonMillis());
        previous = runtime.getMapState(new MapStateDescriptor<>("previous", Types.STRING, PaneSerializer.TYPE));
        inputsMoved = runtime.getMapState(new MapStateDescriptor<>("inputs-moved", Types.LONG, Types.BOOLEAN));
        late = runtime.getMapState(new MapStateDescriptor<>("late", Types.LONG, LateCountsSerializer.TYPE));
        alertState = runtime.getState(new ValueStateDescriptor<>("alerts", AlertStateSerializer.TYPE));
        monitors = new VersionMonitors(plan);
        rules = new AlertRules(plan.alertRules());
        signalEncoder = plan.signalEncoder();
        alertEncoder = plan.alertEncoder();
    }

    @Override
    public void processElement(MonitorPane pane, Context context, Collector<OutputRecord> out) throws Exception {
        LateCounts counts = monitors.apply(pane.key().model()).removeLate(pane);
        if (counts != null) {
            LateCounts before = late.get(counts.cellStartMillis());
            if (before != null) {
                counts.merge(before);
            }
            late.put(counts.cellStartMillis(), counts);
        }
        if (open.add(pane)) {
            context.timerService().registerEventTimeTimer(open.due(pane));
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<OutputRecord> out) throws Exception {
        long newest = Long.MIN_VALUE;
        for (MonitorPane pane : open.removeDue(time)) {
            say(pane, out);
            newest = Math.max(newest, open.due(pane));
        }
        if (newest != Long.MIN_VALUE) {
            context.timerService().registerEventTimeTimer(newest + SILENT_WINDOWS * windowMillis);
        } else if (isSilent(time)) {
            forget(time, out);
        }
    }

    private void say(MonitorPane pane, Collector<OutputRecord> out) throws Exception {
        PaneKey key = pane.key();
        MonitorPane before = previous.get(key.kind().name());
        boolean moved = Boolean.TRUE.equals(inputsMoved.get(key.windowStartMillis()));
        VersionMonitor monitor = monitors.apply(key.model());
        List<MonitoringSignal> signals = new ArrayList<>(monitor.signals(pane, before, moved));
        if (key.kind() == PaneKind.TRAFFIC && monitor.lateMillis() > 0 && !late.isEmpty()) {
            signals.addAll(monitor.late(pane, late.values()));
            removeBefore(late.keys(), key.windowStartMillis() + windowMillis - monitor.lateMillis());
        }
        for (MonitoringSignal signal : signals) {
            out.collect(signalEncoder.encode(signal));
        }
        AlertState state = alerts();
        tell(rules.evaluate(signals, state), out);
        alertState.update(state);
        if (before == null || before.key().windowStartMillis() < key.windowStartMillis()) {
            previous.put(key.kind().name(), pane);
        }
        remember(key, signals);
    }

    /** What the outcomes of a window will want to know of its predictions. */
    private void remember(PaneKey key, List<MonitoringSignal> signals) throws Exception {
        long start = key.windowStartMillis();
        if (key.kind() == PaneKind.OUTCOME) {
            inputsMoved.remove(start);
        } else if (VersionMonitor.inputsMoved(signals)) {
            inputsMoved.put(start, true);
            removeBefore(inputsMoved.keys(), start - plan.horizonMillis() - SILENT_WINDOWS * windowMillis);
        }
    }

    private static void removeBefore(Iterable<Long> starts, long time) {
        for (Iterator<Long> each = starts.iterator(); each.hasNext(); ) {
            if (each.next() < time) {
                each.remove();
            }
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
        boolean silent = open.isEmpty() && !previous.isEmpty();
        for (MonitorPane last : previous.values()) {
            silent &= open.due(last) + SILENT_WINDOWS * windowMillis <= time;
        }
        return silent;
    }

    private void forget(long time, Collector<OutputRecord> out) throws Exception {
        String version = previous.values().iterator().next().key().model().version();
        tell(alerts().retire(version, time + 1), out);
        previous.clear();
        inputsMoved.clear();
        late.clear();
        alertState.clear();
    }
}
