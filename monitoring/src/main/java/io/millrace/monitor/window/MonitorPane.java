/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.TrafficPane;
import io.millrace.monitor.drift.DriftPane;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.pipeline.record.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is counted of a window, for one model version and segment. Panes of one key have the same parts; {@link
 * #merge} is commutative and associative because that of every part is. Not thread-safe.
 */
public final class MonitorPane {

    private final PaneKey key;
    final @Nullable TrafficPane traffic;
    final @Nullable DriftPane drift;
    final @Nullable BinaryPane binary;

    MonitorPane(PaneKey key, @Nullable TrafficPane traffic, @Nullable DriftPane drift, @Nullable BinaryPane binary) {
        this.key = key;
        this.traffic = traffic;
        this.drift = drift;
        this.binary = binary;
    }

    /** A pane without parts, of no window: it merges with nothing that counts. */
    public static MonitorPane empty() {
        return new MonitorPane(
                new PaneKey(PaneKind.TRAFFIC, 0, new ModelVersion("", "", ""), PaneKey.ALL), null, null, null);
    }

    public PaneKey key() {
        return key;
    }

    /**
     * Adds what another pane of the same key counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other is of another key or has other parts
     */
    public void merge(MonitorPane other) {
        if (!key.equals(other.key)) {
            throw new IllegalArgumentException("a pane of " + other.key + " does not merge into one of " + key);
        }
        if (traffic != null) {
            traffic.merge(part(other.traffic));
        }
        if (drift != null) {
            drift.merge(part(other.drift));
        }
        if (binary != null) {
            binary.merge(part(other.binary));
        }
    }

    private <T> T part(@Nullable T part) {
        if (part == null) {
            throw new IllegalArgumentException("a pane of " + key + " lacks a part that the other has");
        }
        return part;
    }

    /** A pane of its own with the same counts. */
    public MonitorPane copy() {
        return new MonitorPane(
                key,
                traffic == null ? null : traffic.copy(),
                drift == null ? null : drift.copy(),
                binary == null ? null : binary.copy());
    }
}
