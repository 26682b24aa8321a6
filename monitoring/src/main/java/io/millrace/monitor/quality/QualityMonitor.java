/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.quality;

import io.millrace.monitor.exact.BottomK;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.QualitySpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether values are sound. Monitor {@code quality}: per feature {@code missing_share}, {@code out_of_range}, {@code unseen},
 * {@code cardinality}; {@code duplicates}; {@code volume} and {@code volume_ratio} to the window right before; and
 * {@code freshness_ms}, the last time of scoring less the newest event time, where latency is measured.
 */
public final class QualityMonitor implements PredictionMonitor<QualityPane> {

    public static final String NAME = "quality";

    private static final String SHARE = "share";

    private final QualitySpec spec;
    private final List<String> features;
    private final boolean clocked;
    private final QualityLayout layout;

    /**
     * @param clocked whether what depends on the clock is told
     * @param profile of the version; null where nothing is compared with it
     */
    public QualityMonitor(
            QualitySpec spec, List<String> features, boolean clocked, @Nullable ReferenceProfile profile) {
        this.spec = spec;
        this.features = List.copyOf(features);
        this.clocked = clocked;
        this.layout = new QualityLayout(spec, features, profile);
    }

    /** Every name that its signals may have. */
    public static List<String> names() {
        return List.of(
                "missing_share",
                "out_of_range",
                "unseen",
                "cardinality",
                "duplicates",
                "volume",
                "volume_ratio",
                "freshness_ms");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public QualityPane newPart(PaneKey key) {
        return new QualityPane(
                key.windowStartMillis(), features.size(), key.segment().equals(PaneKey.ALL));
    }

    @Override
    public void add(QualityPane part, FeatureVector vector, Prediction prediction) {
        part.add(
                layout,
                vector.values(),
                prediction.eventId(),
                prediction.eventTimeMillis(),
                clocked ? prediction.scoredAtMillis() : 0);
    }

    @Override
    public List<MonitoringSignal> signals(SignalScope scope, QualityPane part, @Nullable QualityPane before) {
        List<MonitoringSignal> signals = new ArrayList<>();
        for (int feature = 0; feature < features.size(); feature++) {
            feature(scope, part, feature, signals);
        }
        BottomK ids = part.ids();
        if (ids != null) {
            String definition = ids.sampled() == part.rows ? SHARE : "share/bottom_" + QualityPane.IDS;
            signals.add(
                    judged(scope, "duplicates", definition, null, ids.repeated(), ids.sampled(), spec.duplicates()));
        }
        signals.add(scope.signal(NAME, "volume", "count", (double) part.rows, part.rows));
        long length = scope.windowEndMillis() - scope.windowStartMillis();
        if (before != null && before.windowStartMillis() == scope.windowStartMillis() - length) {
            double ratio = (double) part.rows / before.rows;
            signals.add(scope.signal(NAME, "volume_ratio", "ratio/previous", ratio, part.rows));
        }
        if (clocked && part.rows > 0) {
            double behind = (double) (part.lastScoredMillis - part.newestEventMillis);
            signals.add(scope.signal(NAME, "freshness_ms", "scored_less_event_time", behind, part.rows));
        }
        return signals;
    }

    private void feature(SignalScope scope, QualityPane part, int feature, List<MonitoringSignal> into) {
        String name = features.get(feature);
        long present = part.rows - part.missing[feature];
        into.add(judged(
                scope,
                "missing_share",
                SHARE,
                name,
                share(part.missing[feature], part.rows),
                part.rows,
                spec.missing()));
        if (layout.isRanged(feature)) {
            double share = share(part.outside[feature], present);
            into.add(judged(scope, "out_of_range", SHARE, name, share, present, spec.outOfRange()));
        }
        if (layout.isListed(feature)) {
            double share = share(part.unseen[feature], present);
            into.add(judged(scope, "unseen", SHARE, name, share, present, spec.unseen()));
        }
        double different = part.cardinality(feature);
        if (!Double.isNaN(different)) {
            String definition = different < QualityPane.VALUES ? "count" : "bottom_" + QualityPane.VALUES;
            into.add(judged(scope, "cardinality", definition, name, different, present, null));
        }
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** A share has to stay below what was asked. */
    private static MonitoringSignal judged(
            SignalScope scope,
            String metric,
            String definition,
            @Nullable String feature,
            double value,
            long rows,
            @Nullable Double below) {
        MonitoringSignal.State state =
                below != null && value >= below ? MonitoringSignal.State.ALARM : MonitoringSignal.State.OK;
        return scope.signal(NAME, metric, definition, feature, value, rows, below == null ? Double.NaN : below, state);
    }
}
