/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitor.performance.binary.CalibrationBins;
import io.millrace.monitor.performance.estimate.Estimate;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CauseOfTest {

    private static final Estimate ESTIMATE = new Estimate(0.8, 0.01);

    @Test
    void calibrationIsTestedBeforeTheRest() {
        assertThat(Diagnosis.of(evidence(0.7, 0.9, 1e-9, 0.08, true))).isEqualTo(Cause.CALIBRATION);
        assertThat(Diagnosis.of(evidence(0.8, 0.9, 1e-9, 0.08, false))).isEqualTo(Cause.CALIBRATION);
        assertThat(Diagnosis.of(evidence(0.7, 0.7, 1e-9, 0.08, true))).isEqualTo(Cause.CONCEPT);
        assertThat(Diagnosis.of(evidence(0.8, 0.9, 1e-9, 0.025, true)))
                .as("significant, but small")
                .isEqualTo(Cause.COVARIATE);
    }

    @Test
    void theIntervalOfTheEstimateTellsCovariateFromConcept() {
        assertThat(Diagnosis.of(evidence(0.775, 0.7, 0.5, 0.02, true))).isEqualTo(Cause.COVARIATE);
        assertThat(Diagnosis.of(evidence(0.765, 0.7, 0.5, 0.02, true))).isEqualTo(Cause.CONCEPT);
        assertThat(Diagnosis.of(evidence(0.825, 0.9, 0.5, 0.02, false))).isEqualTo(Cause.NONE);
        assertThat(Diagnosis.of(evidence(0.835, 0.9, 0.5, 0.02, false))).isEqualTo(Cause.CONCEPT);
        assertThat(Diagnosis.of(evidence(Double.NaN, 0.9, 0.5, 0.02, false))).isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void theSignalNamesTheCause() {
        SignalScope scope = new SignalScope("p", 0, 60_000, "1", null);
        MonitoringSignal signal = CauseSignals.of(evidence(0.75, 0.7, 0.5, 0.02, true), 900, scope);
        assertThat(signal.metric()).isEqualTo("cause_concept");
        assertThat(signal.state()).isEqualTo(MonitoringSignal.State.ALARM);
        assertThat(Math.round(signal.value() * 1e6)).isEqualTo(-50_000);
        assertThat(Math.round(signal.threshold() * 1e6)).isEqualTo(-30_000);
        assertThat(CauseSignals.of(evidence(Double.NaN, 0.7, 0.5, 0.02, true), 0, scope)
                        .state())
                .isEqualTo(MonitoringSignal.State.INSUFFICIENT);
    }

    @Test
    void calibrationIsRejectedAtTheStatedRate() {
        Random random = new Random(41);
        int rejected = 0;
        for (int run = 0; run < 2000; run++) {
            long[] positives = new long[10];
            long[] negatives = new long[10];
            double[] sums = new double[10];
            for (int row = 0; row < 2000; row++) {
                double p = random.nextDouble();
                int bin = (int) (p * 10);
                (random.nextDouble() < p ? positives : negatives)[bin]++;
                sums[bin] += p;
            }
            rejected += CalibrationFit.pValue(new CalibrationBins(positives, negatives, sums)) < 0.05 ? 1 : 0;
        }
        assertThat(rejected).as("of 2000, seed 41").isBetween(70, 130);
        assertThat(CalibrationFit.pValue(new CalibrationBins(new long[] {1}, new long[] {1}, new double[] {1})))
                .isNaN();
    }

    private static CauseEvidence evidence(double realised, double area, double p, double error, boolean moved) {
        return new CauseEvidence(ESTIMATE, realised, area, 0.91, 0.005, p, error, 0.02, moved);
    }
}
