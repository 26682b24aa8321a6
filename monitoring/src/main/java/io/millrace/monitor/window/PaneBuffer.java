/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.pipeline.record.ModelVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The panes that one subtask has counted since it last handed them over.
 *
 * <p>A field has at most {@link #MOST_SEGMENTS} segments in it; events of further values count under {@code field=(other)}, so a
 * field with a value for each event cannot fill the memory. Not thread-safe.
 */
public final class PaneBuffer {

    /** Segments of one field that are told apart. */
    public static final int MOST_SEGMENTS = 1_000;

    /** No window begins here: it is no multiple of any length above one. */
    private static final long NO_WINDOW = Long.MAX_VALUE;

    private final PaneKind kind;
    private final long windowMillis;
    private final Function<ModelVersion, VersionMonitor> monitors;
    private final Map<PaneKey, MonitorPane> panes = new HashMap<>();
    private final Map<String, Integer> segments = new HashMap<>();
    private PaneKey currentKey;
    private MonitorPane current;

    /** @param monitors of versions; asked once for each pane */
    public PaneBuffer(PaneKind kind, long windowMillis, Function<ModelVersion, VersionMonitor> monitors) {
        this.kind = kind;
        this.windowMillis = windowMillis;
        this.monitors = monitors;
        this.current = MonitorPane.empty();
        this.currentKey = new PaneKey(kind, NO_WINDOW, current.key().model(), PaneKey.ALL);
    }

    /** The pane of all events of the window in which this time lies. The last one is found at once. */
    public MonitorPane all(long eventTimeMillis, ModelVersion model) {
        long start = Math.floorDiv(eventTimeMillis, windowMillis) * windowMillis;
        if (currentKey.windowStartMillis() != start || !currentKey.model().equals(model)) {
            currentKey = new PaneKey(kind, start, model, PaneKey.ALL);
            current = pane(currentKey);
        }
        return current;
    }

    /** The pane of one value of a field. */
    public MonitorPane segment(long eventTimeMillis, ModelVersion model, String field, String value) {
        long start = Math.floorDiv(eventTimeMillis, windowMillis) * windowMillis;
        PaneKey key = new PaneKey(kind, start, model, field + '=' + value);
        MonitorPane pane = panes.get(key);
        if (pane != null) {
            return pane;
        }
        if (segments.merge(field, 1, Integer::sum) > MOST_SEGMENTS) {
            return pane(new PaneKey(kind, start, model, field + "=(other)"));
        }
        return pane(key);
    }

    private MonitorPane pane(PaneKey key) {
        return panes.computeIfAbsent(key, absent -> monitors.apply(key.model()).newPane(key));
    }

    /** Gives every pane away, and has none. */
    public void handOver(Consumer<MonitorPane> taker) {
        panes.values().forEach(taker);
        panes.clear();
        segments.clear();
        currentKey = new PaneKey(kind, NO_WINDOW, currentKey.model(), PaneKey.ALL);
    }
}
