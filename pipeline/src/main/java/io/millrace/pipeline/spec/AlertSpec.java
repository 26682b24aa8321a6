/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;

/**
 * When somebody is told.
 *
 * @param when a condition over signals: {@code psi > 0.2}
 * @param windows how many in a row must fulfil it
 * @param minRows a window of fewer does not count
 * @param hysteresis how far a value must come back, as a share of the level, before the alert closes
 * @param coolDown how long after its closing no alert of the same subject opens
 */
public record AlertSpec(String when, int windows, int minRows, double hysteresis, Duration coolDown)
        implements Serializable {

    public static final int DEFAULT_WINDOWS = 3;
    public static final int DEFAULT_MIN_ROWS = 500;
    public static final double DEFAULT_HYSTERESIS = 0.1;
}
