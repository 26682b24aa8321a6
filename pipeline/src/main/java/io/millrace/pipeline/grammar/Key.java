/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import org.jspecify.annotations.Nullable;

/**
 * One key of a section: a row of the grammar.
 *
 * @param required whether a file without it is wrong
 * @param fallback the value where the key is absent; null: there is none
 * @param absent what absence means, for the reference; empty for a required key
 * @param meaning what the key says, a sentence without its full stop
 * @param <T> what a value becomes
 */
public record Key<T>(
        String name,
        ValueType<T> type,
        boolean required,
        @Nullable T fallback,
        String absent,
        String meaning) {

    /** A key that must be there. */
    public static <T> Key<T> required(String name, ValueType<T> type, String meaning) {
        return new Key<>(name, type, true, null, "", meaning);
    }

    /** A key that may be absent and then has a value all the same. */
    public static <T> Key<T> withDefault(String name, ValueType<T> type, T fallback, String meaning) {
        return new Key<>(name, type, false, fallback, type.write(fallback), meaning);
    }

    /** A key that may be absent; {@code absent} says what that means. */
    public static <T> Key<T> optional(String name, ValueType<T> type, String absent, String meaning) {
        return new Key<>(name, type, false, null, absent, meaning);
    }

    /** A section that may be absent and then has the defaults of its keys. */
    public static <T> Key<T> withDefaults(String name, Section<T> section, String meaning) {
        return new Key<>(name, section, false, section.whenAbsent(), "the defaults of its keys", meaning);
    }

    /** A key that is recognised, and refused because the engine has no such part yet. */
    public static Key<Object> notBuilt(String name, String subjects) {
        return new Key<>(name, new NotBuilt<>("", subjects, "key", node -> true), false, null, "", subjects);
    }

    JsonObject schema() {
        if (!built()) {
            return type.schema();
        }
        String sentence = Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
        String described = absent.isEmpty() ? sentence : sentence + " Default: " + absent + ".";
        return JsonObject.of("description", described).withAll(type.schema());
    }

    boolean built() {
        return !(type instanceof NotBuilt<?>);
    }
}
