/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link ValuePane} says. Monitor {@code value}; definition {@code ledger/exact}, or {@code ledger/binned} when a window
 * had more rows than are kept and only the layout's thresholds were tried.
 *
 * <p>{@code value}, {@code value_per_row}, {@code value_best} with {@code best_threshold}, {@code value_regret} = best −
 * realised; with a capacity also {@code value_within_capacity} and {@code best_threshold_within_capacity}.
 */
public final class ValueSignals {

    public static final String MONITOR = "value";

    private final long capacity;

    /** @param capacity how many rows of a window can be decided positive; {@link BestThreshold#UNLIMITED} for any number */
    public ValueSignals(long capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a capacity is at least 0, found " + capacity);
        }
        this.capacity = capacity;
    }

    public List<MonitoringSignal> of(ValuePane pane, SignalScope scope) {
        List<MonitoringSignal> signals = new ArrayList<>();
        String definition = pane.isExact() ? "ledger/exact" : "ledger/binned";
        BestThreshold best = BestThreshold.of(pane, BestThreshold.UNLIMITED);
        say(scope, definition, "value", pane.realised(), pane, signals);
        say(scope, definition, "value_per_row", pane.realised() / pane.rows(), pane, signals);
        say(scope, definition, "value_best", best.value(), pane, signals);
        say(scope, definition, "best_threshold", best.threshold(), pane, signals);
        say(scope, definition, "value_regret", best.value() - pane.realised(), pane, signals);
        if (capacity != BestThreshold.UNLIMITED) {
            BestThreshold within = BestThreshold.of(pane, capacity);
            say(scope, definition, "value_within_capacity", within.value(), pane, signals);
            say(scope, definition, "best_threshold_within_capacity", within.threshold(), pane, signals);
        }
        if (pane.unusable != 0) {
            signals.add(scope.signal(
                    MONITOR, "rows_unusable", "count", (double) pane.unusable, pane.rows() + pane.unusable));
        }
        return List.copyOf(signals);
    }

    private static void say(
            SignalScope scope,
            String definition,
            String metric,
            double value,
            ValuePane pane,
            List<MonitoringSignal> into) {
        double told = pane.rows() == 0 ? Double.NaN : value;
        into.add(scope.signal(MONITOR, metric, definition, told, pane.rows()));
    }
}
