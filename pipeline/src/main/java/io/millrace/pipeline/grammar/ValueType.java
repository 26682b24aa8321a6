/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a key's value may be: reads it, and describes itself to the JSON Schema and the reference.
 *
 * @param <T> what a value becomes
 */
public interface ValueType<T> {

    /** The value; null when the node holds none, which has then been reported. */
    @Nullable
    T read(YamlNode node, Reading reading);

    /** Whether a node has the outward shape of this type; decides between alternatives. */
    boolean fits(YamlNode node);

    /** What it is, as a message and the reference name it: {@code a duration}. */
    String title();

    JsonObject schema();

    /** A value as it is written in a file. */
    default String write(T value) {
        return value.toString();
    }

    /** The sections inside, which the reference describes on their own. */
    default List<Nested> sections() {
        return List.of();
    }

    /** What is recognised inside and not built yet; a section lists its own. */
    default List<Planned> planned() {
        return List.of();
    }

    /** The same type, its values turned into something else. */
    default <R> ValueType<R> as(Function<T, R> conversion) {
        return new Converted<>(this, conversion);
    }

    /**
     * A section inside a value.
     *
     * @param path what leads to it from the key: {@code .<name>} for the values of a map
     */
    record Nested(String path, Section<?> section) {}

    /**
     * Something that is not built yet.
     *
     * @param form what follows the key where it is written: {@code : json}
     * @param subjects what it is, a plural
     */
    record Planned(String form, String subjects) {}
}
