/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import io.millrace.pipeline.record.MonitoringSignal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What one alert can be about: a rule, and everything by which signals of one metric differ. */
record AlertSubject(
        String rule,
        String metric,
        String definition,
        @Nullable String modelVersion,
        @Nullable String segment,
        @Nullable String feature)
        implements Comparable<AlertSubject> {

    private static final Comparator<@Nullable String> NAMES = Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<AlertSubject> ORDER = Comparator.comparing(AlertSubject::rule)
            .thenComparing(AlertSubject::metric)
            .thenComparing(AlertSubject::definition)
            .thenComparing(AlertSubject::modelVersion, NAMES)
            .thenComparing(AlertSubject::segment, NAMES)
            .thenComparing(AlertSubject::feature, NAMES);

    static AlertSubject of(AlertRule rule, MonitoringSignal signal) {
        return new AlertSubject(
                rule.id(),
                signal.metric(),
                signal.definition(),
                signal.modelVersion(),
                signal.segment(),
                signal.feature());
    }

    @Override
    public int compareTo(AlertSubject other) {
        return ORDER.compare(this, other);
    }
}
