/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/**
 * How a challenger has run so far.
 *
 * @param rows events that it was given
 * @param errors those among them that failed
 * @param latencyP99Millis NaN when it was not measured
 */
public record ChallengerHealth(long rows, long errors, double latencyP99Millis) {

    public ChallengerHealth {
        if (errors < 0 || rows < errors) {
            throw new IllegalArgumentException("of " + rows + " rows " + errors + " cannot have failed");
        }
    }
}
