/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.part;

import io.millrace.pipeline.record.Outcome;

/** Counts predictions when their truth is known. */
public interface OutcomeMonitor<P extends PanePart<P>> extends WindowMonitor<P> {

    void add(P part, Outcome outcome);
}
