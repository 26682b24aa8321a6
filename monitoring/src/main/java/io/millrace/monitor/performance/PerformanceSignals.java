/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.ArrayList;
import java.util.List;

/** What panes of classes, numbers and rankings say, always in the same order. Monitor {@code performance}. */
public final class PerformanceSignals {

    private static final String MONITOR = "performance";

    private PerformanceSignals() {}

    public static List<MonitoringSignal> of(MulticlassPane pane, SignalScope scope) {
        List<MonitoringSignal> signals = new ArrayList<>();
        signals.add(millrace(scope, "accuracy", pane.accuracy(), pane.rows));
        signals.add(millrace(scope, "log_loss", pane.logLoss(), pane.rows));
        sayUnusable(scope, pane.unusable, pane.rows, signals);
        return List.copyOf(signals);
    }

    public static List<MonitoringSignal> of(RegressionPane pane, SignalScope scope) {
        List<MonitoringSignal> signals = new ArrayList<>();
        signals.add(millrace(scope, "mae", pane.mae(), pane.rows));
        signals.add(millrace(scope, "rmse", pane.rmse(), pane.rows));
        signals.add(millrace(scope, "mape", pane.mape(), pane.relativeRows));
        signals.add(scope.signal(MONITOR, "pinball", "pinball/" + pane.quantile, pane.pinball(), pane.rows));
        sayUnusable(scope, pane.unusable, pane.rows, signals);
        return List.copyOf(signals);
    }

    public static List<MonitoringSignal> of(RankingPane pane, SignalScope scope) {
        List<MonitoringSignal> signals = new ArrayList<>();
        String at = "@" + pane.depth;
        signals.add(scope.signal(MONITOR, "ndcg", "ndcg" + at, pane.ndcg(), pane.lists));
        signals.add(scope.signal(MONITOR, "mrr", "mrr" + at, pane.meanReciprocalRank(), pane.lists));
        signals.add(scope.signal(MONITOR, "map", "map" + at, pane.meanAveragePrecision(), pane.lists));
        signals.add(scope.signal(MONITOR, "hit_rate", "hit_rate" + at, pane.hitRate(), pane.lists));
        if (pane.withoutRelevant != 0) {
            long all = pane.lists + pane.withoutRelevant;
            signals.add(scope.signal(MONITOR, "lists_without_relevant", "count", (double) pane.withoutRelevant, all));
        }
        sayUnusable(scope, pane.unusable, pane.lists, signals);
        return List.copyOf(signals);
    }

    private static void sayUnusable(SignalScope scope, long unusable, long rows, List<MonitoringSignal> into) {
        if (unusable != 0) {
            into.add(scope.signal(MONITOR, "rows_unusable", "count", (double) unusable, rows + unusable));
        }
    }

    private static MonitoringSignal millrace(SignalScope scope, String metric, double value, long rows) {
        return scope.signal(MONITOR, metric, metric + "/millrace", value, rows);
    }
}
