/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of several types, told apart by the shape of the value; the first that fits reads it.
 *
 * @param title what the built alternatives are: {@code a number, mean or dead_letter}
 */
public record Either<T>(String title, List<ValueType<? extends T>> alternatives) implements ValueType<T> {

    public Either {
        alternatives = List.copyOf(alternatives);
    }

    @Override
    public @Nullable T read(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Scalar scalar && scalar.trouble() != null) {
            reading.text(node, title);
            return null;
        }
        Optional<ValueType<? extends T>> fitting =
                alternatives.stream().filter(type -> type.fits(node)).findFirst();
        if (fitting.isEmpty()) {
            reading.mismatch(node, title);
            return null;
        }
        return fitting.get().read(node, reading);
    }

    @Override
    public boolean fits(YamlNode node) {
        return alternatives.stream().anyMatch(type -> type.fits(node));
    }

    @Override
    public JsonObject schema() {
        List<JsonObject> built = alternatives.stream()
                .filter(type -> !(type instanceof NotBuilt<?>))
                .map(ValueType::schema)
                .toList();
        return built.size() == 1 ? built.get(0) : JsonObject.of("anyOf", built);
    }

    @Override
    public List<Nested> sections() {
        return alternatives.stream().flatMap(type -> type.sections().stream()).toList();
    }

    @Override
    public List<Planned> planned() {
        return alternatives.stream().flatMap(type -> type.planned().stream()).toList();
    }
}
