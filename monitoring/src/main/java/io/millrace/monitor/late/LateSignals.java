/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.ArrayList;
import java.util.List;

/**
 * What a window says while its labels still come in. Monitor {@code performance}.
 *
 * <p>{@code matured_share}; per metric {@code …/late_naive}, {@code …/late_matured} and {@code …/late_corrected}, the last
 * with {@code …_low} and {@code …_high}; {@code delay_by_score_p}, the p-value of equal delays in all bands, WARNING under
 * 0.01: then the definition is {@code …/late_corrected_by_band}, one F per band.
 */
public final class LateSignals {

    static final String MONITOR = "performance";

    private static final double LEAST_P = 0.01;

    private final DelayDistribution distribution;
    private final long youngestMillis;

    /** @param youngestMillis cells younger than this are left out of the naive and the corrected values */
    public LateSignals(DelayDistribution distribution, long youngestMillis) {
        this.distribution = distribution;
        this.youngestMillis = youngestMillis;
    }

    public List<MonitoringSignal> of(List<LatePane> panes, long nowMillis, SignalScope scope) {
        double p = DelayHomogeneity.pValue(distribution);
        boolean perBand = p < LEAST_P;
        LateCorrection window = new LateCorrection(panes, distribution, nowMillis, youngestMillis, perBand);
        List<MonitoringSignal> signals = new ArrayList<>();
        signals.add(scope.signal(MONITOR, "matured_share", "share", window.maturedShare(), window.rows()));
        signals.add(scope.signal(
                MONITOR,
                "delay_by_score_p",
                "chi2/contingency",
                null,
                p,
                distribution.size(),
                LEAST_P,
                perBand ? State.WARNING : State.OK));
        for (LateMetric metric : LateMetric.values()) {
            say(window, metric, perBand ? "/late_corrected_by_band" : "/late_corrected", scope, signals);
        }
        return List.copyOf(signals);
    }

    private static void say(
            LateCorrection window, LateMetric metric, String how, SignalScope scope, List<MonitoringSignal> into) {
        String name = metric.metricName();
        long rows = window.rows();
        Corrected corrected = window.corrected(metric);
        into.add(scope.signal(MONITOR, name, name + "/late_naive", window.naive(metric), rows));
        into.add(scope.signal(MONITOR, name, name + "/late_matured", window.matured(metric), rows));
        into.add(scope.signal(MONITOR, name, name + how, corrected.value(), rows));
        into.add(scope.signal(MONITOR, name + "_low", name + how, corrected.low(), rows));
        into.add(scope.signal(MONITOR, name + "_high", name + how, corrected.high(), rows));
    }
}
