/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import io.millrace.monitor.performance.estimate.Estimate;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;

/**
 * What a window says of its cause: metric {@code cause_<name>} of monitor {@code cause}; its value is realised less estimated,
 * its threshold the end of the interval that the realised metric is nearer to. ALARM for calibration and concept, WARNING for
 * covariate.
 */
public final class CauseSignals {

    public static final String MONITOR = "cause";
    public static final String DEFINITION = "estimated_against_realised/cbpe";

    private CauseSignals() {}

    /** @param rows how many labels the realised metric stands on */
    public static MonitoringSignal of(CauseEvidence evidence, long rows, SignalScope scope) {
        Cause cause = Diagnosis.of(evidence);
        Estimate estimated = evidence.estimated();
        double difference = evidence.realised() - estimated.value();
        double end = difference < 0 ? estimated.low() : estimated.high();
        return scope.signal(
                MONITOR,
                "cause_" + cause.causeName(),
                DEFINITION,
                null,
                difference,
                rows,
                end - estimated.value(),
                state(cause));
    }

    private static State state(Cause cause) {
        return switch (cause) {
            case CALIBRATION, CONCEPT -> State.ALARM;
            case COVARIATE -> State.WARNING;
            case NONE -> State.OK;
            case UNKNOWN -> State.INSUFFICIENT;
        };
    }
}
