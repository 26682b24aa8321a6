/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link BinaryPane} says, always in the same order.
 *
 * <p>Monitor {@code performance}. A definition is the metric's name and how it is computed: {@code roc_auc/millrace} is
 * binned at the quantiles of the reference scores and comes with {@code roc_auc_error_bound}; {@code roc_auc/exact} and
 * {@code ece/equal_mass_10} are there when the sample was asked for and holds all rows; {@code roc_auc/river_10} is what
 * River prints.
 */
public final class BinarySignals {

    public static final String MONITOR = "performance";

    private static final int MASS_RUNS = 10;

    private BinarySignals() {}

    public static List<MonitoringSignal> of(BinaryPane pane, SignalScope scope) {
        List<MonitoringSignal> signals = new ArrayList<>();
        decisions(pane.confusion(), scope, signals);
        ranking(pane, scope, signals);
        probabilities(pane, scope, signals);
        if (pane.layout.exactLimit() > 0) {
            exact(pane, scope, signals);
        }
        if (pane.unusable != 0) {
            signals.add(scope.signal(
                    MONITOR, "scores_unusable", "count", (double) pane.unusable, pane.rows() + pane.unusable));
        }
        return List.copyOf(signals);
    }

    private static void decisions(Confusion confusion, SignalScope scope, List<MonitoringSignal> into) {
        long rows = confusion.rows();
        into.add(millrace(scope, "accuracy", confusion.accuracy(), rows));
        into.add(millrace(scope, "precision", confusion.precision(), rows));
        into.add(millrace(scope, "recall", confusion.recall(), rows));
        into.add(millrace(scope, "f1", confusion.f1(), rows));
    }

    private static void ranking(BinaryPane pane, SignalScope scope, List<MonitoringSignal> into) {
        long[] positives = pane.ranks.positives;
        long[] negatives = pane.ranks.negatives;
        long rows = pane.rows();
        into.add(millrace(scope, "roc_auc", pane.rocAuc(), rows));
        into.add(millrace(scope, "roc_auc_error_bound", BinaryMetrics.rocAucBound(positives, negatives), rows));
        into.add(millrace(scope, "pr_auc", BinaryMetrics.prAuc(positives, negatives), rows));
        into.add(millrace(scope, "pr_auc_error_bound", BinaryMetrics.prAucBound(positives, negatives), rows));
        for (int i = 0; i < pane.river.length; i++) {
            ScoreBins bins = pane.river[i];
            double area = rows == 0 ? Double.NaN : BinaryMetrics.riverRocAuc(bins.positives, bins.negatives);
            into.add(scope.signal(
                    MONITOR, "roc_auc", "roc_auc/river_" + pane.layout.riverThresholds()[i], area, rows));
        }
    }

    private static void probabilities(BinaryPane pane, SignalScope scope, List<MonitoringSignal> into) {
        long rows = pane.probabilities();
        into.add(millrace(scope, "log_loss", pane.logLoss.value() / rows, rows));
        into.add(millrace(scope, "brier", pane.squares.value() / rows, rows));
        into.add(scope.signal(
                MONITOR,
                "ece",
                "ece/equal_width_" + BinaryPane.WIDTH_BINS,
                pane.calibration().error(),
                rows));
    }

    private static void exact(BinaryPane pane, SignalScope scope, List<MonitoringSignal> into) {
        double[] positives = pane.positives.sorted();
        double[] negatives = pane.negatives.sorted();
        boolean whole = pane.isExact();
        double area = whole ? SampleMetrics.rocAuc(positives, negatives) : Double.NaN;
        double precision = whole ? SampleMetrics.averagePrecision(positives, negatives) : Double.NaN;
        double error = whole && pane.probabilities() == pane.rows()
                ? SampleMetrics.equalMassError(positives, negatives, MASS_RUNS)
                : Double.NaN;
        into.add(scope.signal(MONITOR, "roc_auc", "roc_auc/exact", area, pane.rows()));
        into.add(scope.signal(MONITOR, "pr_auc", "pr_auc/exact", precision, pane.rows()));
        into.add(scope.signal(MONITOR, "ece", "ece/equal_mass_" + MASS_RUNS, error, pane.rows()));
    }

    private static MonitoringSignal millrace(SignalScope scope, String metric, double value, long rows) {
        return scope.signal(MONITOR, metric, metric + "/millrace", value, rows);
    }
}
