/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The last value of one field that is a long, beside its slot: a slot is a double, where two identifiers beyond 2^53 may be
 * one. Not thread-safe.
 */
final class ExactNumber {

    private final @Nullable Field field;
    private boolean present;
    private long value;

    ExactNumber(@Nullable Field field) {
        this.field = field;
    }

    boolean isOf(Field other) {
        return other.kind() == Kind.NUMBER && other.equals(field);
    }

    void clear() {
        present = false;
    }

    void set(long found) {
        present = true;
        value = found;
    }

    /** The value in decimal digits, or null where there was none since {@link #clear}. */
    @Nullable
    String text() {
        return present ? Long.toString(value) : null;
    }
}
