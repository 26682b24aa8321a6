/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which slot of an {@link Event} holds which field of its stream.
 *
 * @param stream the stream's name
 * @param fields each with its own slot, numbers and texts counted apart, in schema order
 */
public record EventLayout(String stream, List<Field> fields) implements Serializable {

    public EventLayout {
        fields = List.copyOf(fields);
    }

    public @Nullable Field field(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    public int numberSlots() {
        return (int) fields.stream().filter(field -> field.kind() != Kind.TEXT).count();
    }

    public int textSlots() {
        return fields.size() - numberSlots();
    }

    /**
     * One field. Fields of nested records are named by their path, joined by dots.
     *
     * @param slot index into {@code numbers}, or into {@code texts} when the kind is TEXT
     */
    public record Field(String name, Kind kind, int slot) implements Serializable {}

    /** What a slot holds. */
    public enum Kind {
        /** Any Avro number, as a double. */
        NUMBER,
        /** 1 or 0. */
        BOOLEAN,
        /** Milliseconds since the epoch. */
        TIME,
        /** A string, an enum symbol. */
        TEXT
    }
}
