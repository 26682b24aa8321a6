/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.calibration;

import io.millrace.model.bundle.Calibration;
import java.util.Locale;

/** How a calibration is found. */
public enum CalibrationMethod {
    /** Answers stay as they are. */
    NONE,
    /** A logistic curve of two numbers: for few rows. */
    PLATT,
    /** Steps that fit any shape: for a thousand positives or more. */
    ISOTONIC;

    /**
     * The calibration of answers.
     *
     * @param answers of the network, from 0 to 1
     * @param positive the labels; both classes are there
     */
    public Calibration fit(double[] answers, boolean[] positive) {
        return switch (this) {
            case NONE -> Calibration.IDENTITY;
            case PLATT -> PlattScaling.fit(answers, positive);
            case ISOTONIC -> IsotonicRegression.fit(answers, positive);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
