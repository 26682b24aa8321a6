/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the recent past, corrected for labels that are still to come. Windows are its cells: what it says at the end of one
 * depends on what was reported until then, and on nothing that came since.
 */
public final class LateMonitor implements PredictionMonitor<LateCounts>, OutcomeMonitor<LateCounts> {

    public static final String NAME = "late";

    /** More than so many buckets of delay tell nothing that fewer do not. */
    private static final int ENOUGH_BUCKETS = 100;

    private final LateLayout layout;
    private final int buckets;
    private final long windowMillis;
    private final long overMillis;

    /**
     * @param horizon how long after an event a label counts
     * @param over how far back is looked; null: twice the horizon
     * @param bands of the score
     */
    public LateMonitor(Duration window, Duration horizon, @Nullable Duration over, Edges bands) {
        this.windowMillis = window.toMillis();
        long reach = horizon.toMillis() + windowMillis;
        long windows = ceil(reach, windowMillis);
        this.buckets = (int) ceil(windows, ceil(windows, ENOUGH_BUCKETS));
        this.layout =
                new LateLayout(windowMillis, buckets * ceil(windows, ENOUGH_BUCKETS) * windowMillis, buckets, bands);
        this.overMillis = Math.max(
                layout.horizonMillis() + windowMillis, over == null ? 2 * horizon.toMillis() : over.toMillis());
    }

    private static long ceil(long number, long by) {
        return (number + by - 1) / by;
    }

    /** How far back is looked from the end of a window. */
    public long overMillis() {
        return overMillis;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable LateCounts newPart(PaneKey key) {
        return key.segment().equals(PaneKey.ALL)
                ? new LateCounts(key.windowStartMillis(), layout.bands().bins(), buckets)
                : null;
    }

    @Override
    public void add(LateCounts part, FeatureVector vector, Prediction prediction) {
        Boolean decision = prediction.decision();
        if (decision != null && !Float.isNaN(prediction.score())) {
            part.addPrediction(layout, prediction.score(), decision);
        }
    }

    @Override
    public void add(LateCounts part, Outcome outcome) {
        Boolean decision = outcome.prediction().decision();
        double score = outcome.prediction().score();
        if (outcome.positive() && decision != null && !Double.isNaN(score)) {
            part.addPositive(layout, score, decision, outcome.knownAtMillis());
        }
    }

    /** Nothing: one window alone says nothing of delays, see {@link #of}. */
    @Override
    public List<MonitoringSignal> signals(SignalScope scope, LateCounts part, @Nullable LateCounts before) {
        return List.of();
    }

    /**
     * What the recent past says at the end of a window.
     *
     * @param scope of that window
     * @param cells of the past, in any order; younger ones are passed over
     */
    public List<MonitoringSignal> of(SignalScope scope, Iterable<LateCounts> cells) {
        long now = scope.windowEndMillis();
        List<LatePane> panes = new ArrayList<>();
        DelayDistribution delays = new DelayDistribution(layout);
        for (LateCounts cell : cells) {
            if (cell.cellStartMillis() < now && cell.cellStartMillis() >= now - overMillis) {
                LatePane pane = cell.asOf(layout, now);
                panes.add(pane);
                if (pane.isMature(now)) {
                    delays.learn(pane, now);
                }
            }
        }
        panes.sort(java.util.Comparator.comparingLong(LatePane::cellStartMillis));
        SignalScope past =
                new SignalScope(scope.pipeline(), now - overMillis, now, scope.modelVersion(), scope.segment());
        return new LateSignals(delays, windowMillis).of(panes, now, past);
    }
}
