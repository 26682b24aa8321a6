/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

/** What two panes must have in common before they merge. */
final class PaneCheck {

    private PaneCheck() {}

    static void sameWindow(long start, long other) {
        if (start != other) {
            throw new IllegalArgumentException("a pane at " + other + " does not merge into one at " + start);
        }
    }
}
