/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import io.millrace.monitor.distance.Counts;
import io.millrace.monitor.distance.Sample;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import io.millrace.pipeline.spec.DriftDefinition;
import io.millrace.pipeline.spec.DriftSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window says of drift: {@code psi} of each feature against the reference, {@code score_psi} of the score, {@code
 * psi_previous} and {@code score_psi_previous} against the window before.
 *
 * <p>Of a window of fewer rows than {@code min_rows} nothing is said but that, by one signal, {@code rows}. INSUFFICIENT is one of another tool's definition with more values than
 * are kept: its value is then missing, never that of a part.
 */
public final class DriftSignals {

    /** How metrics end that compare with the window before. */
    public static final String PREVIOUS = "_previous";

    private final DriftSpec spec;
    private final DriftLayout layout;
    private final List<DriftMeasure> measures;

    public DriftSignals(DriftSpec spec, DriftLayout layout) {
        this.spec = spec;
        this.layout = layout;
        this.measures = spec.metrics().stream()
                .map(metric -> new DriftMeasure(metric, spec.definition()))
                .toList();
    }

    /**
     * The signals of a window, always in the same order.
     *
     * @param previous the window right before; null where there is none
     */
    public List<MonitoringSignal> of(SignalScope scope, DriftPane pane, @Nullable DriftPane previous) {
        List<MonitoringSignal> signals = new ArrayList<>();
        if (layout.size() > 0 && side(pane, 0).rows() < spec.minRows()) {
            long rows = side(pane, 0).rows();
            signals.add(scope.signal(
                    "drift", "rows", "count", null, (double) rows, rows, spec.minRows(), State.INSUFFICIENT));
            return signals;
        }
        for (int column = 0; column < layout.size(); column++) {
            ColumnProfile profile = layout.columns().get(column);
            Side reference = new Side(profile.counts(), new Sample(profile.sample()), true);
            Side current = side(pane, column);
            say(scope, column, "", reference, current, signals);
            if (spec.previous() && previous != null) {
                say(scope, column, PREVIOUS, side(previous, column), current, signals);
            }
        }
        return signals;
    }

    private static Side side(DriftPane pane, int column) {
        return new Side(
                pane.counts(column),
                new Sample(pane.sample(column).sorted()),
                pane.sample(column).isWhole());
    }

    private void say(
            SignalScope scope, int column, String kind, Side reference, Side current, List<MonitoringSignal> signals) {
        ColumnProfile profile = layout.columns().get(column);
        boolean score = layout.isScore(column);
        boolean enough = current.rows() >= spec.minRows() && reference.rows() >= spec.minRows();
        for (DriftMeasure measure : measures) {
            DriftThreshold threshold = DriftThreshold.of(measure);
            double value = value(measure, profile, reference, current);
            double byChance =
                    enough ? DriftThreshold.byChance(measure, profile, reference.counts, current.counts) : Double.NaN;
            State state = enough ? threshold.state(value, byChance) : State.INSUFFICIENT;
            signals.add(scope.comparison(
                    "drift",
                    (score ? "score_" : "") + measure.metric().word() + kind,
                    measure.name(),
                    score ? null : profile.name(),
                    value,
                    current.rows(),
                    reference.rows(),
                    threshold.alarm(),
                    byChance,
                    state));
        }
    }

    private static double value(DriftMeasure measure, ColumnProfile profile, Side reference, Side current) {
        if (measure.definition() == DriftDefinition.MILLRACE) {
            return measure.ofCounts(profile, reference.counts, current.counts);
        }
        return reference.whole && current.whole ? measure.ofSamples(reference.sample, current.sample) : Double.NaN;
    }

    /** One of two distributions that are compared. */
    private record Side(long[] counts, Sample sample, boolean whole) {

        long rows() {
            return Counts.total(counts);
        }
    }
}
