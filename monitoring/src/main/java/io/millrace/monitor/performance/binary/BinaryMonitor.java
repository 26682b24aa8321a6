/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.spec.PerformanceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How good yes-or-no predictions were. */
public final class BinaryMonitor implements OutcomeMonitor<BinaryPane> {

    public static final String NAME = "binary";

    /** Thresholds of an area or a ledger that is not exact. */
    public static final int SCORE_BINS = 100;

    private final PerformanceSpec spec;
    private final BinaryLayout layout;

    /** @param profile of the version; null where there is none: areas are then binned at hundredths */
    public BinaryMonitor(PerformanceSpec spec, @Nullable ReferenceProfile profile) {
        this.spec = spec;
        this.layout =
                new BinaryLayout(ranks(profile, SCORE_BINS), new int[] {BinaryLayout.RIVER_DEFAULT}, spec.exact());
    }

    /** Where scores are told apart: quantiles of the reference scores, or even steps from 0 to 1 where there is no reference. */
    public static Edges ranks(@Nullable ReferenceProfile profile, int bins) {
        double[] scores = profile == null || profile.score() == null
                ? new double[0]
                : profile.score().sample();
        return scores.length == 0 ? Edges.unitInterval(bins) : Edges.quantiles(scores, bins);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BinaryPane newPart(PaneKey key) {
        return new BinaryPane(key.windowStartMillis(), layout);
    }

    @Override
    public void add(BinaryPane part, Outcome outcome) {
        part.add(
                outcome.prediction().score(),
                outcome.positive(),
                outcome.prediction().decision());
    }

    /** Those that were asked for. */
    @Override
    public List<MonitoringSignal> signals(SignalScope scope, BinaryPane part, @Nullable BinaryPane before) {
        List<MonitoringSignal> all = BinarySignals.of(part, scope);
        return spec.metrics().isEmpty()
                ? all
                : all.stream()
                        .filter(signal -> spec.metrics().stream().anyMatch(signal.metric()::startsWith))
                        .toList();
    }
}
