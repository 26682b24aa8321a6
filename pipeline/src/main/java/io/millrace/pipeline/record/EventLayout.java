/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which slot of an {@link Event} holds which field of its stream.
 *
 * @param stream the stream's name
 * @param fields each with its own slot, numbers and texts counted apart, in schema order
 * @param exactSlots slots behind those of the texts: the exact values of some numbers, in decimal digits
 */
public record EventLayout(String stream, List<Field> fields, Map<String, Integer> exactSlots) implements Serializable {

    public EventLayout {
        fields = List.copyOf(fields);
        exactSlots = Map.copyOf(exactSlots);
    }

    public EventLayout(String stream, List<Field> fields) {
        this(stream, fields, Map.of());
    }

    /**
     * The same layout with an exact text beside each of these fields that is a number: a slot of numbers is a double, where
     * two identifiers beyond 2^53 may be one.
     */
    public EventLayout withExact(Collection<String> names) {
        Map<String, Integer> slots = new TreeMap<>();
        int next = texts();
        for (Field field : fields) {
            if (field.kind() == Kind.NUMBER && names.contains(field.name())) {
                slots.put(field.name(), next++);
            }
        }
        return new EventLayout(stream, fields, slots);
    }

    /** The slot among the texts that holds a field's exact value; -1 where there is none. */
    public int exactSlot(String name) {
        return exactSlots.getOrDefault(name, -1);
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
        return texts() + exactSlots.size();
    }

    private int texts() {
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
