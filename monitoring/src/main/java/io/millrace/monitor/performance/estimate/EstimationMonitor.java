/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PredictionMonitor;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How good yes-or-no predictions will turn out to be, as far as their scores tell. */
public final class EstimationMonitor implements PredictionMonitor<EstimationPane> {

    public static final String NAME = "estimate";

    private final ReferenceEstimates reference;

    /** @param reference of the version */
    public EstimationMonitor(ReferenceEstimates reference) {
        this.reference = reference;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EstimationPane newPart(PaneKey key) {
        return new EstimationPane(key.windowStartMillis(), reference.layout());
    }

    @Override
    public void add(EstimationPane part, FeatureVector vector, Prediction prediction) {
        part.add(prediction.score(), prediction.decision());
    }

    @Override
    public List<MonitoringSignal> signals(SignalScope scope, EstimationPane part, @Nullable EstimationPane before) {
        return reference.signals().of(part, scope);
    }
}
