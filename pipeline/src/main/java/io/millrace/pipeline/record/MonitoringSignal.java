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
 * @param threshold NaN when there is none
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
        double threshold,
        State state) {

    /** What the signal says of the world. */
    public enum State {
        OK,
        WARNING,
        ALARM,
        INSUFFICIENT
    }
}
