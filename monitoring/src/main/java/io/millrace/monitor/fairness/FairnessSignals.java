/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.fairness;

import io.millrace.monitor.performance.binary.Confusion;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.Collection;
import java.util.List;

/**
 * What groups say together. Monitor {@code fairness}; metrics {@code demographic_parity}, {@code disparate_impact} (ALARM under
 * 0.8, the four-fifths rule) and {@code equal_opportunity}; the feature is the field that makes the groups.
 */
public final class FairnessSignals {

    public static final String MONITOR = "fairness";

    private static final double FOUR_FIFTHS = 0.8;

    private FairnessSignals() {}

    /**
     * @param field that makes the groups
     * @param leastRows a group with fewer rows is left out
     */
    public static List<MonitoringSignal> of(
            String field, Collection<Confusion> groups, long leastRows, SignalScope scope) {
        Fairness fairness = Fairness.of(groups, leastRows);
        long rows = groups.stream().mapToLong(Confusion::rows).sum();
        return List.of(
                scope.signal(
                        MONITOR,
                        "demographic_parity",
                        "difference",
                        field,
                        fairness.demographicParity(),
                        rows,
                        Double.NaN,
                        State.OK),
                scope.signal(
                        MONITOR,
                        "disparate_impact",
                        "ratio",
                        field,
                        fairness.disparateImpact(),
                        rows,
                        FOUR_FIFTHS,
                        fairness.disparateImpact() < FOUR_FIFTHS ? State.ALARM : State.OK),
                scope.signal(
                        MONITOR,
                        "equal_opportunity",
                        "difference",
                        field,
                        fairness.equalOpportunity(),
                        rows,
                        Double.NaN,
                        State.OK));
    }
}
