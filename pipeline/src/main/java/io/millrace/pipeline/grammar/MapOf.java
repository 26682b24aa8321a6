/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.Excerpt;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A map from names, which it defines, to values of one type; at least one, and their order counts.
 *
 * @param kind the noun of what is named: {@code stream}
 */
public record MapOf<T>(String kind, ValueType<T> value) implements ValueType<List<T>> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    /** Those of the values that could be read; the reading is incomplete when one could not. */
    @Override
    public @Nullable List<T> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.mismatch(node, title());
            return null;
        }
        if (mapping.entries().isEmpty()) {
            reading.refuse(node, "expected at least one " + kind + ", found none.");
            return null;
        }
        List<T> values = new ArrayList<>();
        for (YamlNode entry : reading.entries(mapping)) {
            define(entry, reading);
            T read = value.read(entry, reading);
            if (read == null) {
                reading.incomplete();
            } else {
                values.add(read);
            }
        }
        return values;
    }

    private void define(YamlNode entry, Reading reading) {
        reading.define(kind, entry.name());
        if (!NAME.matcher(entry.name()).matches()) {
            reading.refuseKey(
                    entry,
                    Excerpt.quoted(entry.name()) + " cannot name a " + kind
                            + ". Use small letters, digits and '_', a letter first, at most 100.");
        }
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Mapping;
    }

    @Override
    public String title() {
        return "a map from names to " + kind + "s";
    }

    @Override
    public JsonObject schema() {
        return JsonObject.of("type", "object")
                .with("minProperties", 1)
                .with("propertyNames", JsonObject.of("pattern", "^" + NAME + "$"))
                .with("additionalProperties", value.schema());
    }

    @Override
    public List<Nested> sections() {
        return value.sections().stream()
                .map(nested -> new Nested(".<name>" + nested.path(), nested.section()))
                .toList();
    }

    @Override
    public List<Planned> planned() {
        return value.planned().stream()
                .map(part -> new Planned(".<name>" + part.form(), part.subjects()))
                .toList();
    }
}
