/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;

/**
 * Which signals the job emits.
 *
 * @param window the tumbling window of event time that a signal describes
 * @param latency whether latency and lag are measured, besides the counts
 */
public record MonitorSpec(Duration window, boolean latency) implements Serializable {

    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
    public static final boolean DEFAULT_LATENCY = true;
}
