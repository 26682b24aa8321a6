/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/**
 * What a challenger must keep, whatever it is worth.
 *
 * @param mostErrors the greatest share of its events that may fail; 1: any
 * @param mostLatencyMillis the greatest 99th percentile of its latency; positive infinity: any
 * @param leastRows with fewer events of the challenger neither guardrail speaks and nothing is promoted
 */
public record Guardrails(double mostErrors, double mostLatencyMillis, long leastRows) {

    /** None. */
    public static final Guardrails NONE = new Guardrails(1, Double.POSITIVE_INFINITY, 0);

    public Guardrails {
        if (!(mostErrors >= 0 && mostErrors <= 1) || !(mostLatencyMillis > 0) || leastRows < 0) {
            throw new IllegalArgumentException(
                    "guardrails are a share of errors from 0 to 1, a latency above 0 ms and a"
                            + " number of rows, found " + mostErrors + ", " + mostLatencyMillis + " and " + leastRows);
        }
    }
}
