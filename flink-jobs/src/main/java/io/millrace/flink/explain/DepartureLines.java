/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.pipeline.record.Scored;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Predictions in the order in which they may leave: of one key in the order in which they came, of different keys in any. What waits for
 * nothing leaves at once. Used by the task thread.
 */
final class DepartureLines {

    /** A place in a line. */
    static final class Place {
        private final @Nullable String key;
        private @Nullable Scored leaving;

        private Place(@Nullable String key, @Nullable Scored leaving) {
            this.key = key;
            this.leaving = leaving;
        }
    }

    private final Map<String, ArrayDeque<Place>> lines = new HashMap<>();
    private final Consumer<Scored> exit;

    DepartureLines(Consumer<Scored> exit) {
        this.exit = exit;
    }

    /**
     * Keeps a place for one that is not ready.
     *
     * @param key its line; null: it has none, and nobody waits for it
     */
    Place keep(@Nullable String key) {
        Place place = new Place(key, null);
        if (key != null) {
            lines.computeIfAbsent(key, absent -> new ArrayDeque<>()).add(place);
        }
        return place;
    }

    /** Lets one that is ready leave, after those before it. */
    void leave(@Nullable String key, Scored ready) {
        ArrayDeque<Place> line = key == null || lines.isEmpty() ? null : lines.get(key);
        if (line == null) {
            exit.accept(ready);
        } else {
            line.add(new Place(key, ready));
        }
    }

    /** What had a place is ready; it leaves, and those behind it that waited for it alone. */
    void leave(Place place, Scored ready) {
        if (place.key == null) {
            exit.accept(ready);
            return;
        }
        place.leaving = ready;
        ArrayDeque<Place> line = lines.get(place.key);
        if (line == null) {
            throw new IllegalStateException("a place was left twice, of key " + place.key);
        }
        for (Place first = line.peek(); first != null && first.leaving != null; first = line.peek()) {
            exit.accept(first.leaving);
            line.remove();
        }
        if (line.isEmpty()) {
            lines.remove(place.key);
        }
    }
}
