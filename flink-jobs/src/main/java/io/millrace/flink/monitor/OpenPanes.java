/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.MapState;

/** The panes of a series that are still counted in, by the start of their windows. */
final class OpenPanes {

    private final MapState<Long, MonitorPane> predictions;
    private final MapState<Long, MonitorPane> outcomes;
    private final long windowMillis;
    private final long horizonMillis;

    OpenPanes(
            MapState<Long, MonitorPane> predictions,
            MapState<Long, MonitorPane> outcomes,
            long windowMillis,
            long horizonMillis) {
        this.predictions = predictions;
        this.outcomes = outcomes;
        this.windowMillis = windowMillis;
        this.horizonMillis = horizonMillis;
    }

    private MapState<Long, MonitorPane> of(PaneKind kind) {
        return kind == PaneKind.TRAFFIC ? predictions : outcomes;
    }

    /** Counts a pane in; true when it is the first of its window. */
    boolean add(MonitorPane pane) throws Exception {
        long start = pane.key().windowStartMillis();
        MapState<Long, MonitorPane> panes = of(pane.key().kind());
        MonitorPane before = panes.get(start);
        if (before == null) {
            panes.put(start, pane);
            return true;
        }
        before.merge(pane);
        panes.put(start, before);
        return false;
    }

    /** When everything of the pane's window has come. */
    long due(MonitorPane pane) {
        long end = pane.key().windowStartMillis() + windowMillis - 1;
        return pane.key().kind() == PaneKind.OUTCOME ? end + horizonMillis : end;
    }

    /** Takes out what has all come, in the order in which it was due; of panes due together predictions come first. */
    List<MonitorPane> removeDue(long time) throws Exception {
        List<MonitorPane> due = new ArrayList<>();
        for (PaneKind kind : List.of(PaneKind.TRAFFIC, PaneKind.OUTCOME)) {
            for (MonitorPane pane : of(kind).values()) {
                if (due(pane) <= time) {
                    due.add(pane);
                }
            }
        }
        for (MonitorPane pane : due) {
            of(pane.key().kind()).remove(pane.key().windowStartMillis());
        }
        due.sort(Comparator.comparingLong(this::due));
        return due;
    }

    boolean isEmpty() throws Exception {
        return predictions.isEmpty() && outcomes.isEmpty();
    }
}
