/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which signals the job emits.
 *
 * @param window the tumbling window of event time that a signal describes
 * @param latency whether latency and lag are measured, besides the counts
 * @param drift null: none is watched
 * @param quality null: values are not looked at
 * @param performance null: predictions are not compared with labels
 * @param value null: decisions are not valued
 * @param fairness null: segments are not compared
 * @param segments fields of the scored stream; each value of each is counted by itself too
 */
public record MonitorSpec(
        Duration window,
        boolean latency,
        @Nullable DriftSpec drift,
        @Nullable QualitySpec quality,
        @Nullable PerformanceSpec performance,
        @Nullable ValueSpec value,
        @Nullable FairnessSpec fairness,
        List<String> segments)
        implements Serializable {

    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
    public static final boolean DEFAULT_LATENCY = true;

    public MonitorSpec {
        segments = List.copyOf(segments);
    }

    /** Counts, and latency where it is asked for. */
    public MonitorSpec(Duration window, boolean latency) {
        this(window, latency, null, null, null, null, null, List.of());
    }
}
