/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.TrafficPane;
import io.millrace.monitor.TrafficSignals;
import io.millrace.monitor.drift.DriftLayout;
import io.millrace.monitor.drift.DriftPane;
import io.millrace.monitor.drift.DriftSignals;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.performance.binary.BinaryLayout;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.performance.binary.BinarySignals;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.DriftSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted of one model version, and what is said of it. */
public final class VersionMonitor {

    private static final int SCORE_BINS = 100;

    private final String pipeline;
    private final MonitorSpec spec;
    private final int features;
    private final TrafficSignals traffic;
    private final @Nullable DriftLayout driftLayout;
    private final @Nullable DriftSignals drift;
    private final BinaryLayout binaryLayout;

    /**
     * @param features names, in the order of the vectors
     * @param profile of the version; null where nothing is compared with it, or where the bundle is gone: a signal says so
     */
    public VersionMonitor(
            String pipeline, MonitorSpec spec, List<String> features, @Nullable ReferenceProfile profile) {
        this.pipeline = pipeline;
        this.spec = spec;
        this.features = features.size();
        this.traffic = new TrafficSignals(features, spec.latency());
        DriftSpec watched = spec.drift();
        this.driftLayout = watched == null || profile == null ? null : layout(watched, features, profile);
        this.drift = driftLayout == null || watched == null ? null : new DriftSignals(watched, driftLayout);
        PerformanceSpec performance = spec.performance();
        this.binaryLayout = new BinaryLayout(
                ranks(profile), new int[] {BinaryLayout.RIVER_DEFAULT}, performance == null ? 0 : performance.exact());
    }

    private static DriftLayout layout(DriftSpec spec, List<String> features, ReferenceProfile profile) {
        List<ColumnProfile> columns = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        for (ColumnProfile column : profile.features()) {
            boolean asked =
                    spec.features().isEmpty() || spec.features().stream().anyMatch(name -> isOf(column, name));
            if (asked && features.contains(column.name())) {
                columns.add(column);
                slots.add(features.indexOf(column.name()));
            }
        }
        if (spec.score() && profile.score() != null) {
            columns.add(profile.score());
            slots.add(DriftLayout.SCORE);
        }
        int sampled = spec.definition().needsSamples() ? DriftLayout.MOST_SAMPLED : 0;
        return new DriftLayout(
                columns, slots.stream().mapToInt(Integer::intValue).toArray(), sampled);
    }

    /** Whether a column is a feature's, or a step of a sequence of that name. */
    private static boolean isOf(ColumnProfile column, String feature) {
        return column.name().equals(feature) || column.name().startsWith(feature + '[');
    }

    /** Where ranks are taken: quantiles of the reference scores, or hundredths where there is no reference. */
    private static Edges ranks(@Nullable ReferenceProfile profile) {
        ColumnProfile score = profile == null ? null : profile.score();
        return score == null || score.sample().length == 0
                ? Edges.unitInterval(SCORE_BINS)
                : Edges.quantiles(score.sample(), SCORE_BINS);
    }

    /** A pane that has counted nothing. */
    public MonitorPane newPane(PaneKey key) {
        return switch (key.kind()) {
            case TRAFFIC ->
                new MonitorPane(
                        key,
                        new TrafficPane(key.windowStartMillis(), features),
                        driftLayout == null ? null : new DriftPane(driftLayout),
                        null);
            case OUTCOME -> new MonitorPane(key, null, null, new BinaryPane(key.windowStartMillis(), binaryLayout));
        };
    }

    /** Counts a prediction. */
    public void add(MonitorPane pane, FeatureVector vector, Prediction prediction) {
        if (pane.traffic != null) {
            pane.traffic.add(vector, prediction);
        }
        if (pane.drift != null && driftLayout != null) {
            pane.drift.add(driftLayout, vector.values(), prediction.score());
        }
    }

    /** Counts a prediction whose truth is known. */
    public void add(MonitorPane pane, double score, @Nullable Boolean decision, boolean positive) {
        if (pane.binary != null) {
            pane.binary.add(score, positive, decision);
        }
    }

    /**
     * Everything that a window says, always in the same order.
     *
     * @param previous the pane of the same series; one of another time than right before is not compared
     */
    public List<MonitoringSignal> signals(MonitorPane pane, @Nullable MonitorPane previous) {
        PaneKey key = pane.key();
        long start = key.windowStartMillis();
        long length = spec.window().toMillis();
        String segment = key.segment().equals(PaneKey.ALL) ? null : key.segment();
        SignalScope scope =
                new SignalScope(pipeline, start, start + length, key.model().version(), segment);
        List<MonitoringSignal> signals = new ArrayList<>();
        if (pane.traffic != null) {
            signals.addAll(traffic.of(scope, pane.traffic));
        }
        if (pane.drift != null && drift != null) {
            signals.addAll(drift.of(scope, pane.drift, before(previous, start - length)));
        }
        if (pane.key().kind() == PaneKind.TRAFFIC && spec.drift() != null && drift == null) {
            signals.add(scope.signal(
                    "drift", "profile_unavailable", "count", null, 1, 1, Double.NaN, MonitoringSignal.State.WARNING));
        }
        if (pane.binary != null) {
            signals.addAll(performance(BinarySignals.of(pane.binary, scope)));
        }
        return signals;
    }

    private static @Nullable DriftPane before(@Nullable MonitorPane previous, long windowStartMillis) {
        return previous != null && previous.key().windowStartMillis() == windowStartMillis ? previous.drift : null;
    }

    /** Those that were asked for. */
    private List<MonitoringSignal> performance(List<MonitoringSignal> all) {
        PerformanceSpec asked = spec.performance();
        return asked == null || asked.metrics().isEmpty()
                ? all
                : all.stream()
                        .filter(signal -> asked.metrics().stream().anyMatch(signal.metric()::startsWith))
                        .toList();
    }
}
