/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what passes, and how long it took. */
public final class TrafficMonitor implements PredictionMonitor<TrafficPane> {

    public static final String NAME = "traffic";

    private final int features;
    private final TrafficSignals signals;

    /**
     * @param features names, in the order of the vectors
     * @param latency whether latency and lag are told
     */
    public TrafficMonitor(List<String> features, boolean latency) {
        this.features = features.size();
        this.signals = new TrafficSignals(features, latency);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TrafficPane newPart(PaneKey key) {
        return new TrafficPane(key.windowStartMillis(), features);
    }

    @Override
    public void add(TrafficPane part, FeatureVector vector, Prediction prediction) {
        part.add(vector, prediction);
    }

    @Override
    public List<MonitoringSignal> signals(SignalScope scope, TrafficPane part, @Nullable TrafficPane before) {
        return signals.of(scope, part);
    }
}
