/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EstimationPane} says. Monitor {@code estimate}; definition {@code cbpe/nannyml}.
 *
 * <p>Per metric, {@code estimated_} before its name: its value, ALARM when it leaves the band of the reference, and {@code …_low} and {@code …_high}, three
 * standard errors away.
 */
public final class EstimationSignals {

    public static final String MONITOR = "estimate";
    public static final String DEFINITION = "cbpe/nannyml";

    private final Map<EstimatedMetric, Double> deviations;
    private final Map<EstimatedMetric, ReferenceBand> bands;

    /**
     * @param deviations of {@link SamplingDeviation}; a metric that is missing has no interval
     * @param bands where the metric stayed; a metric that is missing raises no alarm
     */
    public EstimationSignals(Map<EstimatedMetric, Double> deviations, Map<EstimatedMetric, ReferenceBand> bands) {
        this.deviations = Map.copyOf(deviations);
        this.bands = Map.copyOf(bands);
    }

    /** The estimate of one metric with its standard error. */
    public Estimate estimate(EstimationPane pane, EstimatedMetric metric) {
        double deviation = deviations.getOrDefault(metric, Double.NaN);
        return new Estimate(pane.value(metric), deviation / Math.sqrt((double) rows(pane, metric)));
    }

    public List<MonitoringSignal> of(EstimationPane pane, SignalScope scope) {
        List<MonitoringSignal> signals = new ArrayList<>();
        for (EstimatedMetric metric : EstimatedMetric.values()) {
            say(pane, metric, scope, signals);
        }
        signals.add(
                scope.signal(MONITOR, "estimated_roc_auc_error_bound", DEFINITION, pane.areaErrorBound(), pane.rows()));
        if (pane.unusable != 0) {
            signals.add(scope.signal(
                    MONITOR, "scores_unusable", "count", (double) pane.unusable, pane.rows() + pane.unusable));
        }
        return List.copyOf(signals);
    }

    private void say(EstimationPane pane, EstimatedMetric metric, SignalScope scope, List<MonitoringSignal> into) {
        Estimate estimate = estimate(pane, metric);
        long rows = rows(pane, metric);
        ReferenceBand band = bands.get(metric);
        String name = "estimated_" + metric.metricName();
        State state = band == null || band.holds(estimate.value()) ? State.OK : State.ALARM;
        into.add(scope.signal(
                MONITOR, name, DEFINITION, null, estimate.value(), rows, threshold(band, estimate.value()), state));
        if (!Double.isNaN(estimate.standardError())) {
            into.add(scope.signal(MONITOR, name + "_low", DEFINITION, estimate.low(), rows));
            into.add(scope.signal(MONITOR, name + "_high", DEFINITION, estimate.high(), rows));
        }
    }

    /** The end of the band that the value is nearer to. */
    private static double threshold(@Nullable ReferenceBand band, double value) {
        if (band == null) {
            return Double.NaN;
        }
        return value > (band.low() + band.high()) / 2 ? band.high() : band.low();
    }

    private static long rows(EstimationPane pane, EstimatedMetric metric) {
        return metric == EstimatedMetric.ROC_AUC ? pane.rows() : pane.decided();
    }
}
