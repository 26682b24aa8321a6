/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * The stand-in for a key that is null, unique to its event. It begins with a mark; a real key that begins with that mark is
 * written with the mark doubled, so no text of a producer is taken for null.
 */
final class NullKey {

    private static final char MARK = '\u0000';

    private NullKey() {}

    /** The key to go by: the real one, or the event's own where that is null. */
    static String orReal(@Nullable String key, Event event) {
        if (key == null) {
            SourcePosition position = event.raw().position();
            return MARK + position.topic() + '-' + position.partition() + '-' + position.offset();
        }
        return startsWithMark(key) ? MARK + key : key;
    }

    static boolean is(String key) {
        return startsWithMark(key) && key.charAt(1) != MARK;
    }

    private static boolean startsWithMark(String key) {
        return !key.isEmpty() && key.charAt(0) == MARK;
    }
}
