/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.DriftSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares each window with the reference, and with the window before. */
public final class DriftMonitor implements PredictionMonitor<DriftPane> {

    public static final String NAME = "drift";

    private final DriftLayout layout;
    private final DriftSignals signals;

    /**
     * @param features names, in the order of the vectors
     * @param profile of the version
     */
    public DriftMonitor(DriftSpec spec, List<String> features, ReferenceProfile profile) {
        this.layout = layout(spec, features, profile);
        this.signals = new DriftSignals(spec, layout);
    }

    private static DriftLayout layout(DriftSpec spec, List<String> features, ReferenceProfile profile) {
        List<ColumnProfile> columns = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        for (ColumnProfile column : profile.features()) {
            boolean asked =
                    spec.features().isEmpty() || spec.features().stream().anyMatch(name -> isOf(column, name));
            if (asked && features.contains(column.name())) {
                columns.add(column);
                slots.add(features.indexOf(column.name()));
            }
        }
        if (spec.score() && profile.score() != null) {
            columns.add(profile.score());
            slots.add(DriftLayout.SCORE);
        }
        int sampled = spec.definition().needsSamples() ? DriftLayout.MOST_SAMPLED : 0;
        return new DriftLayout(
                columns, slots.stream().mapToInt(Integer::intValue).toArray(), sampled);
    }

    /** Whether a column is a feature's, or a step of a sequence of that name. */
    private static boolean isOf(ColumnProfile column, String feature) {
        return column.name().equals(feature) || column.name().startsWith(feature + '[');
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DriftPane newPart(PaneKey key) {
        return new DriftPane(key.windowStartMillis(), layout);
    }

    @Override
    public void add(DriftPane part, FeatureVector vector, Prediction prediction) {
        part.add(layout, vector.values(), prediction.score());
    }

    /** A window that is not right before this one is not compared. */
    @Override
    public List<MonitoringSignal> signals(SignalScope scope, DriftPane part, @Nullable DriftPane before) {
        long length = scope.windowEndMillis() - scope.windowStartMillis();
        boolean follows = before != null && before.windowStartMillis() == scope.windowStartMillis() - length;
        return signals.of(scope, part, follows ? before : null);
    }
}
