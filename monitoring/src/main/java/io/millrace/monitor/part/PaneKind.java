/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.part;

/** What a pane's events are. */
public enum PaneKind {
    /** Predictions, counted when they are made. */
    TRAFFIC,
    /** Predictions whose truth is known, counted when it became known. */
    OUTCOME
}
