/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import io.millrace.monitor.performance.estimate.Estimate;

/**
 * What is known of one window when its labels are there; NaN where something is not.
 *
 * @param estimated the metric as it was estimated before the labels came (CBPE), with its standard error
 * @param realised the same metric, realised
 * @param rocAuc realised area under the ROC curve
 * @param referenceRocAuc the area on reference rows
 * @param rocAucStandardError of the difference of the two
 * @param calibrationP of {@link CalibrationFit} on the window
 * @param calibrationError of the window (ECE)
 * @param referenceCalibrationError of the reference rows
 * @param inputsMoved whether drift of the inputs was found
 */
public record CauseEvidence(
        Estimate estimated,
        double realised,
        double rocAuc,
        double referenceRocAuc,
        double rocAucStandardError,
        double calibrationP,
        double calibrationError,
        double referenceCalibrationError,
        boolean inputsMoved) {}
