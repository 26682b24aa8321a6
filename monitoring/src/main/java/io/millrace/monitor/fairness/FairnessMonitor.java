/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.fairness;

import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.spec.FairnessSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the values of fields with each other, in the pane of all events. */
public final class FairnessMonitor implements OutcomeMonitor<FairnessPane> {

    public static final String NAME = "fairness";

    private final FairnessSpec spec;

    public FairnessMonitor(FairnessSpec spec) {
        this.spec = spec;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable FairnessPane newPart(PaneKey key) {
        return key.segment().equals(PaneKey.ALL) ? new FairnessPane() : null;
    }

    /** What was not decided is not counted. */
    @Override
    public void add(FairnessPane part, Outcome outcome) {
        Boolean decision = outcome.prediction().decision();
        String[] segments = outcome.prediction().segments();
        for (int i = 0; i < segments.length && decision != null; i += 2) {
            if (spec.by().contains(segments[i])) {
                part.add(segments[i], segments[i + 1], decision, outcome.positive());
            }
        }
    }

    @Override
    public List<MonitoringSignal> signals(SignalScope scope, FairnessPane part, @Nullable FairnessPane before) {
        List<MonitoringSignal> signals = new ArrayList<>();
        for (String field : spec.by()) {
            signals.addAll(FairnessSignals.of(field, part.groups(field), spec.minRows(), scope));
        }
        return signals;
    }
}
