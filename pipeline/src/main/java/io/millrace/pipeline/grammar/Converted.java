/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type whose values become something else. */
record Converted<S, T>(ValueType<S> type, Function<S, T> conversion) implements ValueType<T> {

    @Override
    public @Nullable T read(YamlNode node, Reading reading) {
        S value = type.read(node, reading);
        return value == null ? null : conversion.apply(value);
    }

    @Override
    public boolean fits(YamlNode node) {
        return type.fits(node);
    }

    @Override
    public String title() {
        return type.title();
    }

    @Override
    public JsonObject schema() {
        return type.schema();
    }

    @Override
    public List<Nested> sections() {
        return type.sections();
    }

    @Override
    public List<Planned> planned() {
        return type.planned();
    }
}
