/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The event fields that travel with a prediction, found once. */
public final class CarriedFields {

    private final String[] names;
    private final Field[] fields;

    CarriedFields(List<String> carry, EventLayout layout) {
        names = carry.toArray(new String[0]);
        fields = new Field[names.length];
        for (int i = 0; i < names.length; i++) {
            fields[i] = Objects.requireNonNull(layout.field(names[i]), names[i]);
        }
    }

    public String[] names() {
        return names;
    }

    /** One value per name: a Double (also a time, in milliseconds), a Boolean, a String, or null when missing. */
    public @Nullable Object[] values(Event event) {
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = value(event, fields[i]);
        }
        return values;
    }

    private static @Nullable Object value(Event event, Field field) {
        if (field.kind() == EventLayout.Kind.TEXT) {
            return event.texts()[field.slot()];
        }
        double number = event.numbers()[field.slot()];
        if (Double.isNaN(number)) {
            return null;
        }
        return field.kind() == EventLayout.Kind.BOOLEAN ? (Object) (number != 0) : (Object) number;
    }
}
