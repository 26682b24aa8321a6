/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import java.util.Locale;

/** Why realised performance is what it is; in the order in which they are tested. */
public enum Cause {
    /** Scores rank as before, but cannot be taken for probabilities any more: calibrate again. */
    CALIBRATION,
    /** Other inputs, same relation to the label: performance is what the estimate foretold. */
    COVARIATE,
    /** The relation of inputs and label has changed: train again. */
    CONCEPT,
    /** Nothing of these. */
    NONE,
    /** Too little is known to say. */
    UNKNOWN;

    public String causeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
