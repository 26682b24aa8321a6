/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * One measured fact about a window of the stream.
 *
 * @param monitor the family: {@code traffic}, {@code latency}, {@code lag}
 * @param metric the name, with its unit: {@code predictions}, {@code latency_p99_ms}
 * @param definition the formula by name
 * @param windowStartMillis inclusive, event time
 * @param windowEndMillis exclusive, event time
 * @param modelVersion null when the signal is not about one version
 * @param segment null: all events
 * @param feature null: not about one feature
 * @param value NaN when there is nothing to say
 * @param sampleSize how many events it was computed from
 * @param referenceSize how many rows it was compared with; 0: it is no comparison
 * @param threshold NaN when there is none
 * @param byChance the value that is exceeded in one window of a hundred where nothing changed; NaN when that is not known
 */
public record MonitoringSignal(
        String pipeline,
        String monitor,
        String metric,
        String definition,
        long windowStartMillis,
        long windowEndMillis,
        @Nullable String modelVersion,
        @Nullable String segment,
        @Nullable String feature,
        double value,
        long sampleSize,
        long referenceSize,
        double threshold,
        double byChance,
        State state) {

    /** A fact that is no comparison with a reference. */
    public MonitoringSignal(
            String pipeline,
            String monitor,
            String metric,
            String definition,
            long windowStartMillis,
            long windowEndMillis,
            @Nullable String modelVersion,
            @Nullable String segment,
            @Nullable String feature,
            double value,
            long sampleSize,
            double threshold,
            State state) {
        this(
                pipeline,
                monitor,
                metric,
                definition,
                windowStartMillis,
                windowEndMillis,
                modelVersion,
                segment,
                feature,
                value,
                sampleSize,
                0,
                threshold,
                Double.NaN,
                state);
    }

    /** What the signal says of the world. */
    public enum State {
        OK,
        WARNING,
        ALARM,
        INSUFFICIENT
    }
}
