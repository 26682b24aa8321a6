/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import io.millrace.monitor.part.OutcomeMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.performance.binary.BinaryLayout;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.performance.estimate.EstimatedMetric;
import io.millrace.monitor.performance.estimate.EstimationPane;
import io.millrace.monitor.performance.estimate.ReferenceEstimates;
import io.millrace.monitor.profile.ReferencePerformance;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the cause of a difference between estimated and realised accuracy. Both are taken from the same rows, those whose truth
 * became known, so that a choice of rows to label is no difference.
 */
public final class CauseMonitor implements OutcomeMonitor<CausePane> {

    public static final String NAME = "cause";

    private static final long LEAST_ROWS = 500;

    private final ReferenceEstimates reference;
    private final BinaryLayout layout;

    /** @param reference of the version */
    public CauseMonitor(ReferenceEstimates reference) {
        this.reference = reference;
        this.layout = new BinaryLayout(reference.layout().ranks(), new int[0], 0);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CausePane newPart(PaneKey key) {
        long start = key.windowStartMillis();
        return new CausePane(new EstimationPane(start, reference.layout()), new BinaryPane(start, layout));
    }

    @Override
    public void add(CausePane part, Outcome outcome) {
        double score = outcome.prediction().score();
        Boolean decision = outcome.prediction().decision();
        part.estimated.add(score, decision);
        part.realised.add(score, outcome.positive(), decision);
    }

    /** Nothing: whether the inputs moved has to be told, see {@link #of}. */
    @Override
    public List<MonitoringSignal> signals(SignalScope scope, CausePane part, @Nullable CausePane before) {
        return List.of();
    }

    /**
     * The cause.
     *
     * @param inputsMoved whether drift of a feature was found in the window
     */
    public MonitoringSignal of(SignalScope scope, CausePane part, boolean inputsMoved) {
        long rows = part.realised.confusion().rows();
        ReferencePerformance performance = reference.performance();
        ReferencePerformance.Metric area = performance.metrics().get(EstimatedMetric.ROC_AUC.metricName());
        double deviation = reference.deviations().getOrDefault(EstimatedMetric.ROC_AUC, Double.NaN);
        CauseEvidence evidence = new CauseEvidence(
                reference.signals().estimate(part.estimated, EstimatedMetric.ACCURACY),
                rows < LEAST_ROWS ? Double.NaN : part.realised.confusion().accuracy(),
                part.realised.rocAuc(),
                area == null ? Double.NaN : area.value(),
                deviation * Math.sqrt(1.0 / rows + 1.0 / performance.rows()),
                CalibrationFit.pValue(part.realised.calibration()),
                part.realised.calibration().error(),
                performance.calibrationError(),
                inputsMoved);
        return CauseSignals.of(evidence, rows, scope);
    }
}
