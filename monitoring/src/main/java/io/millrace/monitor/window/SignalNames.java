/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.cause.Cause;
import io.millrace.monitor.late.LateSignals;
import io.millrace.monitor.performance.estimate.EstimatedMetric;
import io.millrace.monitor.quality.QualityMonitor;
import io.millrace.pipeline.spec.DriftMetric;
import io.millrace.pipeline.spec.DriftSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import java.util.ArrayList;
import java.util.List;

/** The metrics and definitions that a monitor has, by which alerts may ask for them. */
public final class SignalNames {

    private static final List<String> COUNTS =
            List.of("predictions", "positives", "behind_watermark", "missing", "score_mean", "scores_outside");

    private static final List<String> PERCENTILES = List.of("p50_ms", "p90_ms", "p99_ms", "p999_ms", "negative");

    private SignalNames() {}

    /** Every name that a signal of this monitor may have. */
    public static List<String> of(MonitorSpec spec) {
        List<String> names = new ArrayList<>(COUNTS);
        if (spec.latency()) {
            PERCENTILES.forEach(percentile -> names.add("latency_" + percentile));
            PERCENTILES.forEach(percentile -> names.add("lag_" + percentile));
        }
        if (spec.drift() != null) {
            drift(spec.drift(), names);
        }
        if (spec.quality() != null) {
            names.addAll(QualityMonitor.names());
        }
        if (spec.performance() != null) {
            performance(spec.performance(), names);
        }
        if (spec.value() != null) {
            names.addAll(List.of("value", "value_per_row", "value_best", "value_regret", "best_threshold"));
            if (spec.value().capacity() != null) {
                names.addAll(List.of("value_within_capacity", "best_threshold_within_capacity"));
            }
        }
        if (spec.fairness() != null) {
            names.addAll(List.of("demographic_parity", "disparate_impact", "equal_opportunity"));
        }
        return names;
    }

    private static void drift(DriftSpec spec, List<String> names) {
        names.addAll(List.of("profile_unavailable", "rows"));
        for (DriftMetric metric : spec.metrics()) {
            String word = metric.word();
            names.addAll(List.of(
                    word, "score_" + word, word + '/' + spec.definition().word()));
            if (spec.previous()) {
                names.addAll(List.of(word + "_previous", "score_" + word + "_previous"));
            }
        }
    }

    private static void performance(PerformanceSpec spec, List<String> names) {
        List<String> metrics = spec.metrics().isEmpty() ? PerformanceSpec.METRICS : spec.metrics();
        for (String metric : metrics) {
            names.addAll(List.of(metric, metric + "/millrace", metric + "/exact"));
        }
        if (spec.estimate()) {
            for (EstimatedMetric metric : EstimatedMetric.values()) {
                String name = "estimated_" + metric.metricName();
                names.addAll(List.of(name, name + "_low", name + "_high"));
            }
            for (Cause cause : Cause.values()) {
                names.add("cause_" + cause.causeName());
            }
        }
        if (spec.late() != null) {
            names.addAll(LateSignals.names());
        }
        names.addAll(List.of("ece/equal_width_15", "ece/equal_mass_10", "roc_auc/river_10", "roc_auc_error_bound"));
    }
}
