/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a merged pane holds, signal by signal, in a fixed order. */
public final class TrafficSignals {

    private static final String COUNT = "count";
    private static final String PERCENTILE = "log_linear_histogram_128";

    private final String pipeline;
    private final String modelVersion;
    private final List<String> features;
    private final long windowMillis;
    private final boolean latency;

    public TrafficSignals(
            String pipeline, String modelVersion, List<String> features, long windowMillis, boolean latency) {
        this.pipeline = pipeline;
        this.modelVersion = modelVersion;
        this.features = List.copyOf(features);
        this.windowMillis = windowMillis;
        this.latency = latency;
    }

    /** Counts always; a feature's missing values where there are any; latency and lag where they are asked for. */
    public List<MonitoringSignal> of(TrafficPane pane) {
        List<MonitoringSignal> signals = new ArrayList<>();
        long seen = pane.predictions;
        signals.add(count(pane, "predictions", null, seen));
        signals.add(count(pane, "positive_decisions", null, pane.positives));
        signals.add(count(pane, "behind_watermark", null, pane.behindWatermark));
        for (int i = 0; i < pane.missing.length; i++) {
            if (pane.missing[i] > 0) {
                signals.add(count(pane, "missing_values", features.get(i), pane.missing[i]));
            }
        }
        if (latency) {
            addTimes(signals, pane, "latency", pane.latency);
            addTimes(signals, pane, "lag", pane.lag);
            if (pane.negativeTimes > 0) {
                signals.add(count(pane, "negative_times", null, pane.negativeTimes));
            }
        }
        return signals;
    }

    private void addTimes(List<MonitoringSignal> signals, TrafficPane pane, String monitor, Histogram times) {
        signals.add(time(pane, monitor, "_p50_ms", times, 0.5));
        signals.add(time(pane, monitor, "_p90_ms", times, 0.9));
        signals.add(time(pane, monitor, "_p99_ms", times, 0.99));
        signals.add(time(pane, monitor, "_p999_ms", times, 0.999));
    }

    private MonitoringSignal time(TrafficPane pane, String monitor, String suffix, Histogram times, double quantile) {
        return signal(pane, monitor, monitor + suffix, PERCENTILE, null, times.percentile(quantile), times.total());
    }

    private MonitoringSignal count(TrafficPane pane, String metric, @Nullable String feature, long value) {
        return signal(pane, "traffic", metric, COUNT, feature, (double) value, pane.predictions);
    }

    private MonitoringSignal signal(
            TrafficPane pane,
            String monitor,
            String metric,
            String definition,
            @Nullable String feature,
            double value,
            long sampleSize) {
        return new MonitoringSignal(
                pipeline,
                monitor,
                metric,
                definition,
                pane.windowStartMillis,
                pane.windowStartMillis + windowMillis,
                modelVersion,
                null,
                feature,
                value,
                sampleSize,
                Double.NaN,
                sampleSize == 0 ? State.INSUFFICIENT : State.OK);
    }
}
