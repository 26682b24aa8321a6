/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

/**
 * Names the cause, testing in this order.
 *
 * <ol>
 *   <li>{@link Cause#CALIBRATION}: the ranking was kept (realised area within three standard errors of the reference), and
 *       calibration was lost (p-value under 0.001 and an error more than 0.01 above the reference's: many rows make any
 *       difference significant);
 *   <li>{@link Cause#COVARIATE}: the inputs moved, and the realised metric lies inside the estimate's interval;
 *   <li>{@link Cause#CONCEPT}: the realised metric lies outside it;
 *   <li>{@link Cause#NONE}.
 * </ol>
 */
public final class Diagnosis {

    private static final double STANDARD_ERRORS = 3;
    private static final double LEAST_P = 0.001;
    private static final double LEAST_DIFFERENCE = 0.01;

    private Diagnosis() {}

    public static Cause of(CauseEvidence evidence) {
        if (Double.isNaN(evidence.realised())
                || Double.isNaN(evidence.estimated().low())) {
            return Cause.UNKNOWN;
        }
        if (rankingKept(evidence) && calibrationLost(evidence)) {
            return Cause.CALIBRATION;
        }
        if (!evidence.estimated().holds(evidence.realised())) {
            return Cause.CONCEPT;
        }
        return evidence.inputsMoved() ? Cause.COVARIATE : Cause.NONE;
    }

    private static boolean rankingKept(CauseEvidence evidence) {
        double difference = Math.abs(evidence.rocAuc() - evidence.referenceRocAuc());
        return difference <= STANDARD_ERRORS * evidence.rocAucStandardError();
    }

    private static boolean calibrationLost(CauseEvidence evidence) {
        double difference = evidence.calibrationError() - evidence.referenceCalibrationError();
        return evidence.calibrationP() < LEAST_P && difference > LEAST_DIFFERENCE;
    }
}
