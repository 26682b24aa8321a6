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
 * <p>{@code matured_share}; per metric {@code …_naive}, {@code …_matured} and {@code …_corrected}, the last with
 * {@code …_corrected_low} and {@code …_corrected_high}; {@code delay_by_score_p}, the p-value of equal delays in all bands, WARNING under
 * 0.01: then the definition is {@code …/late_corrected_by_band}, one F per band.
 */
public final class LateSignals {

    static final String MONITOR = "performance";

    private static final double LEAST_P = 0.01;
    private static final String NAIVE = "_naive";
    private static final String MATURED = "_matured";
    private static final String CORRECTED = "_corrected";

    private final DelayDistribution distribution;
    private final long youngestMillis;

    /** @param youngestMillis cells younger than this are left out of the naive and the corrected values */
    public LateSignals(DelayDistribution distribution, long youngestMillis) {
        this.distribution = distribution;
        this.youngestMillis = youngestMillis;
    }

    /** Every name that these signals may have. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of("matured_share", "delay_by_score_p"));
        for (LateMetric metric : LateMetric.values()) {
            String name = metric.metricName();
            names.addAll(List.of(
                    name + NAIVE,
                    name + MATURED,
                    name + CORRECTED,
                    name + CORRECTED + "_low",
                    name + CORRECTED + "_high"));
        }
        return names;
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
        into.add(scope.signal(MONITOR, name + NAIVE, name + "/late_naive", window.naive(metric), rows));
        into.add(scope.signal(MONITOR, name + MATURED, name + "/late_matured", window.matured(metric), rows));
        into.add(scope.signal(MONITOR, name + CORRECTED, name + how, corrected.value(), rows));
        into.add(scope.signal(MONITOR, name + CORRECTED + "_low", name + how, corrected.low(), rows));
        into.add(scope.signal(MONITOR, name + CORRECTED + "_high", name + how, corrected.high(), rows));
    }
}
