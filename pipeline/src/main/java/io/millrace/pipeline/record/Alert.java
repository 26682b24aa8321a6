/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * A condition that came to hold, and once more when it ended: two records with one id.
 *
 * @param id the same for the opening and the closing
 * @param rule which rule it is of
 * @param condition what the rule waits for, as it was written
 * @param definition of the metric
 * @param modelVersion null: not about one version
 * @param segment null: all events
 * @param feature null: not about one feature
 * @param value of the metric in the window that opened it, or that closed it; NaN when it was closed without one
 * @param openedAtMillis the end of the window that opened it, event time
 * @param closedAtMillis null while it is open
 */
public record Alert(
        String id,
        String pipeline,
        String rule,
        String condition,
        String metric,
        String definition,
        @Nullable String modelVersion,
        @Nullable String segment,
        @Nullable String feature,
        double value,
        long openedAtMillis,
        @Nullable Long closedAtMillis) {

    /** Whether this record opens it. */
    public boolean isOpen() {
        return closedAtMillis == null;
    }

    /** The record that closes it. */
    public Alert closed(double lastValue, long atMillis) {
        return new Alert(
                id,
                pipeline,
                rule,
                condition,
                metric,
                definition,
                modelVersion,
                segment,
                feature,
                lastValue,
                openedAtMillis,
                atMillis);
    }
}
