/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.part.PanePart;
import io.millrace.pipeline.record.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * What all monitors counted of one window, version and segment: a part for each. Parts merge in any order, and so does a pane.
 * Not thread-safe.
 */
public final class MonitorPane {

    private static final String[] NO_NAMES = {};
    private static final PanePart<?>[] NO_PARTS = {};

    private final PaneKey key;
    private String[] names;
    private PanePart<?>[] parts;

    /** @param names of the monitors that made the parts, in turn */
    MonitorPane(PaneKey key, String[] names, PanePart<?>[] parts) {
        this.key = key;
        this.names = names;
        this.parts = parts;
    }

    /** A pane without parts, of no window: it merges with nothing that counts. */
    public static MonitorPane empty() {
        PaneKey none = new PaneKey(PaneKind.TRAFFIC, 0, new ModelVersion("", "", ""), PaneKey.ALL);
        return new MonitorPane(none, NO_NAMES, NO_PARTS);
    }

    public PaneKey key() {
        return key;
    }

    int size() {
        return parts.length;
    }

    String name(int part) {
        return names[part];
    }

    PanePart<?> part(int part) {
        return parts[part];
    }

    /** The part of that monitor; null where it has none: the pane was made before the monitor was asked for. */
    @Nullable
    PanePart<?> part(String name) {
        for (int part = 0; part < parts.length; part++) {
            if (names[part].equals(name)) {
                return parts[part];
            }
        }
        return null;
    }

    /** Takes a part out; null where there is none. */
    @Nullable
    PanePart<?> remove(String name) {
        PanePart<?> removed = part(name);
        if (removed != null) {
            int size = parts.length - 1;
            String[] namesLeft = new String[size];
            PanePart<?>[] partsLeft = new PanePart<?>[size];
            int left = 0;
            for (int part = 0; part <= size; part++) {
                if (parts[part] != removed) {
                    namesLeft[left] = names[part];
                    partsLeft[left++] = parts[part];
                }
            }
            names = namesLeft;
            parts = partsLeft;
        }
        return removed;
    }

    /**
     * Adds what another pane of the same key counted; the other stays as it is. A part that only one of them has is kept: the
     * pipeline was changed in the middle of a window.
     *
     * @throws IllegalArgumentException when the other is of another key
     */
    public void merge(MonitorPane other) {
        if (!key.equals(other.key)) {
            throw new IllegalArgumentException("a pane of " + other.key + " does not merge into one of " + key);
        }
        for (int part = 0; part < other.parts.length; part++) {
            PanePart<?> mine = part(other.names[part]);
            if (mine == null) {
                append(other.names[part], other.parts[part].copy());
            } else {
                merge(mine, other.parts[part]);
            }
        }
    }

    private void append(String name, PanePart<?> part) {
        int size = parts.length;
        names = java.util.Arrays.copyOf(names, size + 1);
        parts = java.util.Arrays.copyOf(parts, size + 1);
        names[size] = name;
        parts[size] = part;
    }

    @SuppressWarnings("unchecked") // a name has one reader, and so one kind of part
    private static <P extends PanePart<P>> void merge(PanePart<?> mine, PanePart<?> other) {
        ((P) mine).merge((P) other);
    }

    /** A pane of its own with the same counts. */
    public MonitorPane copy() {
        PanePart<?>[] copied = new PanePart<?>[parts.length];
        for (int part = 0; part < parts.length; part++) {
            copied[part] = parts[part].copy();
        }
        return new MonitorPane(key, names, copied);
    }
}
