/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FieldText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the key of a hop from the events of one stream. */
final class KeyReader {

    private final FieldText[] fields;

    KeyReader(List<FieldText> fields) {
        this.fields = fields.toArray(new FieldText[0]);
    }

    /** The key, or null when a field is null. The parts of a composite key carry their length, so none runs into the next. */
    @Nullable
    String key(Event event) {
        if (fields.length == 1) {
            return fields[0].of(event.numbers(), event.texts());
        }
        StringBuilder key = new StringBuilder();
        for (FieldText field : fields) {
            String part = field.of(event.numbers(), event.texts());
            if (part == null) {
                return null;
            }
            key.append(part.length()).append(':').append(part);
        }
        return key.toString();
    }

    @Nullable
    String nullField(Event event) {
        for (FieldText field : fields) {
            if (field.of(event.numbers(), event.texts()) == null) {
                return field.field().name();
            }
        }
        return null;
    }
}
