/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.attribution;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What moved the mean score away from the reference. Monitor {@code attribution}, definition {@code mean_attribution/reference}.
 *
 * <p>{@code score_change} = Σ over features of {@code attribution_change} + {@code attribution_residual}, the parts from the
 * greatest magnitude down; the residual is the change of the mean completeness error, whose size is told by {@code
 * completeness_error}.
 */
public final class AttributionSignals {

    public static final String MONITOR = "attribution";
    public static final String DEFINITION = "mean_attribution/reference";

    private final AttributionReference reference;

    public AttributionSignals(AttributionReference reference) {
        this.reference = reference;
    }

    /** @throws IllegalArgumentException when the pane has another number of features than the reference */
    public List<MonitoringSignal> of(AttributionPane pane, SignalScope scope) {
        if (pane.features() != reference.attributions().length) {
            throw new IllegalArgumentException("a pane of " + pane.features() + " features does not fit a reference of "
                    + reference.attributions().length);
        }
        double[] changes = changes(pane);
        double change = pane.meanScore() - reference.meanScore();
        double residual = change;
        List<MonitoringSignal> signals = new ArrayList<>();
        signals.add(scope.signal(MONITOR, "score_change", DEFINITION, change, pane.rows()));
        for (int feature : byMagnitude(changes)) {
            residual -= changes[feature];
            signals.add(scope.signal(
                    MONITOR,
                    "attribution_change",
                    DEFINITION,
                    reference.features().get(feature),
                    changes[feature],
                    pane.rows(),
                    Double.NaN,
                    State.OK));
        }
        signals.add(scope.signal(MONITOR, "attribution_residual", DEFINITION, residual, pane.rows()));
        signals.add(scope.signal(MONITOR, "completeness_error", DEFINITION, pane.meanCompletenessError(), pane.rows()));
        return List.copyOf(signals);
    }

    private double[] changes(AttributionPane pane) {
        double[] changes = new double[pane.features()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = pane.meanAttribution(i) - reference.attributions()[i];
        }
        return changes;
    }

    private static List<Integer> byMagnitude(double[] changes) {
        return IntStream.range(0, changes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(changes[i])))
                .toList();
    }
}
