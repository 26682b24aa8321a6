/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.EventLayout;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether bytes are one datum of a schema and nothing more. Asked before Avro's own readers see bytes from outside: those
 * allocate what a length claims, this holds every length against what is there. Not thread-safe.
 */
public final class WellFormed {

    private static final double[] NO_NUMBERS = {};
    private static final @Nullable String[] NO_TEXTS = {};

    private final SlotReader skipper;
    private final AvroCursor cursor = new AvroCursor();

    public WellFormed(Schema record) {
        skipper = SlotReaders.of(record, new EventLayout(record.getName(), List.of()));
    }

    /**
     * Looks at the bytes from an offset to their end.
     *
     * @param value a datum behind the header of its wire format
     */
    public boolean test(byte[] value, int offset) {
        if (offset > value.length) {
            return false;
        }
        cursor.reset(value, offset);
        try {
            skipper.read(cursor, NO_NUMBERS, NO_TEXTS, 0);
            return cursor.remaining() == 0;
        } catch (Malformed malformed) {
            return false;
        }
    }
}
