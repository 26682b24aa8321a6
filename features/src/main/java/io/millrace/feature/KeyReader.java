/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the key of a hop from the events of one stream. */
final class KeyReader {

    private final Field[] fields;

    KeyReader(List<Field> fields) {
        this.fields = fields.toArray(new Field[0]);
    }

    /** The key, or null when a field is null. The parts of a composite key carry their length, so none runs into the next. */
    @Nullable
    String key(Event event) {
        if (fields.length == 1) {
            return part(event, fields[0]);
        }
        StringBuilder key = new StringBuilder();
        for (Field field : fields) {
            String part = part(event, field);
            if (part == null) {
                return null;
            }
            key.append(part.length()).append(':').append(part);
        }
        return key.toString();
    }

    @Nullable
    String nullField(Event event) {
        for (Field field : fields) {
            if (part(event, field) == null) {
                return field.name();
            }
        }
        return null;
    }

    private static @Nullable String part(Event event, Field field) {
        if (field.kind() == Kind.TEXT) {
            return event.texts()[field.slot()];
        }
        double number = event.numbers()[field.slot()];
        if (Double.isNaN(number)) {
            return null;
        }
        long whole = (long) number;
        return whole == number ? Long.toString(whole) : Double.toString(number);
    }
}
