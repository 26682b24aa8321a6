/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A field as text, for keys and ids: whole numbers in decimal digits, and to the last digit where the layout keeps the field
 * exact.
 */
public final class FieldText {

    private final Field field;
    private final int exactSlot;

    public FieldText(EventLayout layout, Field field) {
        this.field = field;
        this.exactSlot = layout.exactSlot(field.name());
    }

    public Field field() {
        return field;
    }

    /** The field's text in an event's slots; null when it is missing. */
    public @Nullable String of(double[] numbers, @Nullable String[] texts) {
        if (field.kind() == Kind.TEXT) {
            return texts[field.slot()];
        }
        if (exactSlot >= 0 && texts[exactSlot] != null) {
            return texts[exactSlot];
        }
        double number = numbers[field.slot()];
        if (Double.isNaN(number)) {
            return null;
        }
        long whole = (long) number;
        return whole == number ? Long.toString(whole) : Double.toString(number);
    }
}
