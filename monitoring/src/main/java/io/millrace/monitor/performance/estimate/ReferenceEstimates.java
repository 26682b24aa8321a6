/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.profile.ReferencePerformance;
import io.millrace.monitor.profile.ReferenceProfile;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the estimates of a version stand on: its profile, read.
 *
 * @param layout how scores are counted
 * @param performance on the reference rows
 * @param deviations how much one row moves each metric
 * @param signals of estimates
 */
public record ReferenceEstimates(
        EstimationLayout layout,
        ReferencePerformance performance,
        Map<EstimatedMetric, Double> deviations,
        EstimationSignals signals) {

    private static final int RANKS = 100;

    /** Those of a profile; null where it was made without labels, or before estimates were made. */
    public static @Nullable ReferenceEstimates of(@Nullable ReferenceProfile profile) {
        if (profile == null || profile.score() == null || profile.performance() == null) {
            return null;
        }
        ReferencePerformance performance = profile.performance();
        Edges ranks = Edges.quantiles(profile.score().sample(), RANKS);
        IsotonicCurve curve = new IsotonicCurve(performance.scores(), performance.probabilities());
        Map<EstimatedMetric, Double> deviations = new EnumMap<>(EstimatedMetric.class);
        Map<EstimatedMetric, ReferenceBand> bands = new EnumMap<>(EstimatedMetric.class);
        for (EstimatedMetric metric : EstimatedMetric.values()) {
            ReferencePerformance.Metric known = performance.metrics().get(metric.metricName());
            if (known != null) {
                deviations.put(metric, known.deviation());
                bands.put(metric, new ReferenceBand(known.low(), known.high()));
            }
        }
        return new ReferenceEstimates(
                new EstimationLayout(ranks, 0, curve),
                performance,
                deviations,
                new EstimationSignals(deviations, bands));
    }
}
