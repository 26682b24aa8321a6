/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.TrafficMonitor;
import io.millrace.monitor.drift.DriftMonitor;
import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.part.PanePart;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.part.WindowMonitor;
import io.millrace.monitor.performance.binary.BinaryMonitor;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.MonitorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All monitors of one model version: what is counted of it, and what is said. */
public final class VersionMonitor {

    private final String pipeline;
    private final MonitorSpec spec;
    private final boolean profileUnavailable;
    private final List<PredictionMonitor<?>> predictions = new ArrayList<>();
    private final List<OutcomeMonitor<?>> outcomes = new ArrayList<>();

    /**
     * @param features names, in the order of the vectors
     * @param profile of the version; null where nothing is compared with it, or where the bundle is gone: a signal says so
     */
    public VersionMonitor(
            String pipeline, MonitorSpec spec, List<String> features, @Nullable ReferenceProfile profile) {
        this.pipeline = pipeline;
        this.spec = spec;
        this.profileUnavailable = spec.drift() != null && profile == null;
        predictions.add(new TrafficMonitor(features, spec.latency()));
        if (spec.drift() != null && profile != null) {
            predictions.add(new DriftMonitor(spec.drift(), features, profile));
        }
        if (spec.performance() != null) {
            outcomes.add(new BinaryMonitor(spec.performance(), profile));
        }
    }

    private List<? extends WindowMonitor<?>> monitors(PaneKind kind) {
        return kind == PaneKind.TRAFFIC ? predictions : outcomes;
    }

    /** A pane that has counted nothing. */
    public MonitorPane newPane(PaneKey key) {
        List<String> names = new ArrayList<>();
        List<PanePart<?>> parts = new ArrayList<>();
        for (WindowMonitor<?> monitor : monitors(key.kind())) {
            PanePart<?> part = monitor.newPart(key);
            if (part != null) {
                names.add(monitor.name());
                parts.add(part);
            }
        }
        return new MonitorPane(key, names.toArray(new String[0]), parts.toArray(new PanePart<?>[0]));
    }

    /** Counts a prediction in a pane of this monitor's. */
    public void add(MonitorPane pane, FeatureVector vector, Prediction prediction) {
        int part = 0;
        for (int i = 0; i < predictions.size(); i++) {
            PredictionMonitor<?> monitor = predictions.get(i);
            if (part < pane.size() && pane.name(part).equals(monitor.name())) {
                count(monitor, pane.part(part++), vector, prediction);
            }
        }
    }

    /** Counts a prediction whose truth is known, in a pane of this monitor's. */
    public void add(MonitorPane pane, Outcome outcome) {
        int part = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            OutcomeMonitor<?> monitor = outcomes.get(i);
            if (part < pane.size() && pane.name(part).equals(monitor.name())) {
                count(monitor, pane.part(part++), outcome);
            }
        }
    }

    /**
     * Everything that a window says, always in the same order.
     *
     * @param previous the pane of the same series that was closed last; null where there is none
     */
    public List<MonitoringSignal> signals(MonitorPane pane, @Nullable MonitorPane previous) {
        PaneKey key = pane.key();
        long start = key.windowStartMillis();
        long length = spec.window().toMillis();
        String segment = key.segment().equals(PaneKey.ALL) ? null : key.segment();
        SignalScope scope =
                new SignalScope(pipeline, start, start + length, key.model().version(), segment);
        List<MonitoringSignal> signals = new ArrayList<>();
        for (WindowMonitor<?> monitor : monitors(key.kind())) {
            PanePart<?> part = pane.part(monitor.name());
            if (part != null) {
                PanePart<?> before = previous == null ? null : previous.part(monitor.name());
                signals.addAll(say(monitor, scope, part, before));
            }
        }
        if (profileUnavailable && key.kind() == PaneKind.TRAFFIC) {
            signals.add(scope.signal(
                    "drift", "profile_unavailable", "count", null, 1, 1, Double.NaN, MonitoringSignal.State.WARNING));
        }
        return signals;
    }

    // A monitor's name finds its own parts alone: these three are where that is relied upon.

    @SuppressWarnings("unchecked")
    private static <P extends PanePart<P>> void count(
            PredictionMonitor<P> monitor, PanePart<?> part, FeatureVector vector, Prediction prediction) {
        monitor.add((P) part, vector, prediction);
    }

    @SuppressWarnings("unchecked")
    private static <P extends PanePart<P>> void count(OutcomeMonitor<P> monitor, PanePart<?> part, Outcome outcome) {
        monitor.add((P) part, outcome);
    }

    @SuppressWarnings("unchecked")
    private static <P extends PanePart<P>> List<MonitoringSignal> say(
            WindowMonitor<P> monitor, SignalScope scope, PanePart<?> part, @Nullable PanePart<?> before) {
        return monitor.signals(scope, (P) part, (P) before);
    }
}
