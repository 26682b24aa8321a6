/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/**
 * What to do with a challenger, and why.
 *
 * @param reason in one sentence, for the control topic
 */
public record Decision(Verdict verdict, String reason) {

    /** What to do. */
    public enum Verdict {
        PROMOTE,
        ROLLBACK,
        CONTINUE
    }
}
