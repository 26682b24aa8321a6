/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.SourcePosition;

/** The stand-in for a key that is null: unique, and told from every real key by its first character. */
final class NullKey {

    private static final char MARK = '\u0000';

    private NullKey() {}

    static String of(Event event) {
        SourcePosition position = event.raw().position();
        return MARK + position.topic() + '-' + position.partition() + '-' + position.offset();
    }

    static boolean is(String key) {
        return !key.isEmpty() && key.charAt(0) == MARK;
    }
}
