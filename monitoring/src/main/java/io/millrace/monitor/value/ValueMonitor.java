/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.spec.ValueSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decisions were worth, and what the best threshold would have been. */
public final class ValueMonitor implements OutcomeMonitor<ValuePane> {

    public static final String NAME = "value";

    private final ValueLayout layout;
    private final ValueSignals signals;

    /** @param thresholds that are tried where a window has too many rows to try every one */
    public ValueMonitor(ValueSpec spec, Duration window, Edges thresholds) {
        this.layout = new ValueLayout(thresholds, spec.exact());
        ValueSpec.Capacity capacity = spec.capacity();
        this.signals = new ValueSignals(capacity == null ? BestThreshold.UNLIMITED : capacity.within(window));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ValuePane newPart(PaneKey key) {
        return new ValuePane(key.windowStartMillis(), layout);
    }

    /** What was not decided, or has no worth, is counted as unusable. */
    @Override
    public void add(ValuePane part, Outcome outcome) {
        PendingOutcome prediction = outcome.prediction();
        double[] worth = prediction.worth();
        Boolean decision = prediction.decision();
        if (decision == null || worth.length == 0) {
            part.add(Double.NaN, false, outcome.positive(), Worth.UNKNOWN);
        } else {
            Worth known = new Worth(worth[0], worth[1], worth[2], worth[3]);
            part.add(prediction.score(), decision, outcome.positive(), known);
        }
    }

    @Override
    public List<MonitoringSignal> signals(SignalScope scope, ValuePane part, @Nullable ValuePane before) {
        return signals.of(part, scope);
    }
}
