/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import org.jspecify.annotations.Nullable;

/**
 * When an alert opens and closes.
 *
 * @param id by which alerts name it
 * @param text of the condition, as it was written
 * @param when the condition
 * @param windows how many in a row must fulfil it before an alert opens, and must be clear of it before it closes; a window
 *     with too few rows counts neither way
 * @param leastRows a signal of fewer rows does not count
 * @param hysteresis how far a value must come back before a window is clear, as a share of the level; 0: not at all
 * @param coolDownMillis how long after its closing no alert of the same subject opens, event time
 * @param discovery null: every feature counts for itself
 */
public record AlertRule(
        String id,
        String text,
        AlertCondition when,
        int windows,
        long leastRows,
        double hysteresis,
        long coolDownMillis,
        @Nullable FalseDiscovery discovery) {

    public static final int DEFAULT_WINDOWS = 3;
    public static final long DEFAULT_LEAST_ROWS = 500;
    public static final double DEFAULT_HYSTERESIS = 0.1;

    public AlertRule {
        if (windows < 1 || leastRows < 0 || coolDownMillis < 0 || !(hysteresis >= 0 && hysteresis < 1)) {
            throw new IllegalArgumentException("rule '" + id
                    + "': windows must be 1 or more, rows and cool-down 0 or more,"
                    + " hysteresis from 0 to under 1, found " + windows + ", " + leastRows + ", " + coolDownMillis
                    + " and " + hysteresis);
        }
    }

    /** A rule with the usual persistence, rows and hysteresis. */
    public static AlertRule of(String id, String text, AlertCondition when) {
        return new AlertRule(id, text, when, DEFAULT_WINDOWS, DEFAULT_LEAST_ROWS, DEFAULT_HYSTERESIS, 0, null);
    }
}
