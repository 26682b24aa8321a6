/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.signal;

import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import org.jspecify.annotations.Nullable;

/**
 * What all signals of one pane have in common.
 *
 * @param windowStartMillis inclusive, event time
 * @param windowEndMillis exclusive, event time
 * @param modelVersion null when the pane is not about one version
 * @param segment null: all events
 */
public record SignalScope(
        String pipeline,
        long windowStartMillis,
        long windowEndMillis,
        @Nullable String modelVersion,
        @Nullable String segment) {

    /** A number without a threshold: OK, or INSUFFICIENT when it is NaN. */
    public MonitoringSignal signal(String monitor, String metric, String definition, double value, long sampleSize) {
        return signal(monitor, metric, definition, null, value, sampleSize, Double.NaN, State.OK);
    }

    /** A comparison with a reference; INSUFFICIENT when the number is NaN. */
    public MonitoringSignal comparison(
            String monitor,
            String metric,
            String definition,
            @Nullable String feature,
            double value,
            long sampleSize,
            long referenceSize,
            double threshold,
            double byChance,
            State state) {
        return new MonitoringSignal(
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
                referenceSize,
                threshold,
                byChance,
                Double.isNaN(value) ? State.INSUFFICIENT : state);
    }

    /** A number with its threshold and what that makes of it; INSUFFICIENT when the number is NaN. */
    public MonitoringSignal signal(
            String monitor,
            String metric,
            String definition,
            @Nullable String feature,
            double value,
            long sampleSize,
            double threshold,
            State state) {
        return new MonitoringSignal(
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
                threshold,
                Double.isNaN(value) ? State.INSUFFICIENT : state);
    }
}
