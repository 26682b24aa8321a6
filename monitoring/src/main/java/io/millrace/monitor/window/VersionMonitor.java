/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.TrafficMonitor;
import io.millrace.monitor.cause.CauseMonitor;
import io.millrace.monitor.cause.CausePane;
import io.millrace.monitor.drift.DriftMonitor;
import io.millrace.monitor.drift.DriftSignals;
import io.millrace.monitor.fairness.FairnessMonitor;
import io.millrace.monitor.late.LateCounts;
import io.millrace.monitor.late.LateMonitor;
import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.part.PanePart;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.part.WindowMonitor;
import io.millrace.monitor.performance.binary.BinaryMonitor;
import io.millrace.monitor.performance.estimate.EstimationMonitor;
import io.millrace.monitor.performance.estimate.ReferenceEstimates;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.quality.QualityMonitor;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.monitor.value.ValueMonitor;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.LateSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All monitors of one model version: what is counted of it, and what is said. */
public final class VersionMonitor {

    private final String pipeline;
    private final MonitorSpec spec;
    private final boolean profileUnavailable;
    private static final int SCORE_BANDS = 4;

    private final @Nullable CauseMonitor cause;
    private final @Nullable LateMonitor late;
    private final List<PredictionMonitor<?>> predictions = new ArrayList<>();
    private final List<OutcomeMonitor<?>> outcomes = new ArrayList<>();

    /**
     * @param features names, in the order of the vectors
     * @param profile of the version; null where nothing is compared with it, or where the bundle is gone: a signal says so
     * @param horizon how long after an event its label counts; zero where there are no labels
     */
    public VersionMonitor(
            String pipeline,
            MonitorSpec spec,
            List<String> features,
            @Nullable ReferenceProfile profile,
            Duration horizon) {
        this.pipeline = pipeline;
        this.spec = spec;
        this.profileUnavailable = spec.drift() != null && profile == null;
        predictions.add(new TrafficMonitor(features, spec.latency()));
        if (spec.drift() != null && profile != null) {
            predictions.add(new DriftMonitor(spec.drift(), features, profile));
        }
        if (spec.quality() != null) {
            predictions.add(new QualityMonitor(spec.quality(), features, spec.latency(), profile));
        }
        boolean estimated = spec.performance() != null && spec.performance().estimate();
        ReferenceEstimates reference = estimated ? ReferenceEstimates.of(profile) : null;
        if (reference != null) {
            predictions.add(new EstimationMonitor(reference));
        }
        this.cause = reference == null || spec.drift() == null ? null : new CauseMonitor(reference);
        LateSpec asked = spec.performance() == null ? null : spec.performance().late();
        this.late = asked == null
                ? null
                : new LateMonitor(spec.window(), horizon, asked.over(), BinaryMonitor.ranks(profile, SCORE_BANDS));
        if (late != null) {
            predictions.add(late);
            outcomes.add(late);
        }
        outcomes(profile);
    }

    private void outcomes(@Nullable ReferenceProfile profile) {
        if (spec.performance() != null) {
            outcomes.add(new BinaryMonitor(spec.performance(), profile));
        }
        if (cause != null) {
            outcomes.add(cause);
        }
        if (spec.value() != null) {
            outcomes.add(new ValueMonitor(
                    spec.value(), spec.window(), BinaryMonitor.ranks(profile, BinaryMonitor.SCORE_BINS)));
        }
        if (spec.fairness() != null) {
            outcomes.add(new FairnessMonitor(spec.fairness()));
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
     * @param inputsMoved of outcomes: whether {@link #inputsMoved} was true of the signals when their window was closed
     */
    public List<MonitoringSignal> signals(MonitorPane pane, @Nullable MonitorPane previous, boolean inputsMoved) {
        PaneKey key = pane.key();
        SignalScope scope = scope(key);
        List<MonitoringSignal> signals = new ArrayList<>();
        for (WindowMonitor<?> monitor : monitors(key.kind())) {
            PanePart<?> part = pane.part(monitor.name());
            if (part != null) {
                PanePart<?> before = previous == null ? null : previous.part(monitor.name());
                signals.addAll(say(monitor, scope, part, before));
            }
        }
        PanePart<?> rows = cause == null ? null : pane.part(CauseMonitor.NAME);
        if (cause != null && rows instanceof CausePane known) {
            signals.add(cause.of(scope, known, inputsMoved));
        }
        if (profileUnavailable && key.kind() == PaneKind.TRAFFIC) {
            signals.add(scope.signal(
                    "drift", "profile_unavailable", "count", null, 1, 1, Double.NaN, MonitoringSignal.State.WARNING));
        }
        return signals;
    }

    /** What came of a window by a time is kept for longer than its pane: it is taken out of it. Null where nobody asks. */
    public @Nullable LateCounts removeLate(MonitorPane pane) {
        return late != null && pane.remove(LateMonitor.NAME) instanceof LateCounts counts ? counts : null;
    }

    /** How far back late labels are looked at from the end of a window; 0 where nobody asks. */
    public long lateMillis() {
        return late == null ? 0 : late.overMillis();
    }

    /** What the recent past says at the end of this pane's window. */
    public List<MonitoringSignal> late(MonitorPane pane, Iterable<LateCounts> cells) {
        return late == null ? List.of() : late.of(scope(pane.key()), cells);
    }

    private SignalScope scope(PaneKey key) {
        long start = key.windowStartMillis();
        String segment = key.segment().equals(PaneKey.ALL) ? null : key.segment();
        return new SignalScope(
                pipeline, start, start + spec.window().toMillis(), key.model().version(), segment);
    }

    /** Whether these signals say that a feature moved away from its reference. */
    public static boolean inputsMoved(List<MonitoringSignal> signals) {
        return signals.stream()
                .anyMatch(signal -> signal.monitor().equals(DriftMonitor.NAME)
                        && signal.feature() != null
                        && !signal.metric().endsWith(DriftSignals.PREVIOUS)
                        && (signal.state() == MonitoringSignal.State.WARNING
                                || signal.state() == MonitoringSignal.State.ALARM));
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
