/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.part;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One monitor of one model version: makes the parts that count, and says what they mean.
 *
 * @param <P> its part of a pane
 */
public interface WindowMonitor<P extends PanePart<P>> {

    /** What its parts are called in the bytes of a pane. */
    String name();

    /** A part that has counted nothing; null where it does not watch this segment. */
    @Nullable
    P newPart(PaneKey key);

    /**
     * What a window says, always in the same order. A monitor that goes on from window to window takes up where {@code before}
     * ended and leaves its own end in {@code part}, which is the next one's {@code before}.
     *
     * @param before the part of the last window of the same series that was closed, whenever that was; null at first
     */
    List<MonitoringSignal> signals(SignalScope scope, P part, @Nullable P before);
}
