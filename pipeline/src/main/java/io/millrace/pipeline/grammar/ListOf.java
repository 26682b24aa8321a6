/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of different values.
 *
 * @param title with its plural: {@code a list of fields}
 * @param least the fewest items
 */
public record ListOf<T>(String title, ValueType<T> item, int least) implements ValueType<List<T>> {

    @Override
    public @Nullable List<T> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            reading.mismatch(node, title);
            return null;
        }
        if (sequence.items().size() < least) {
            reading.refuse(node, "expected " + title + ", found an empty list.");
            return null;
        }
        return items(sequence, reading);
    }

    private @Nullable List<T> items(YamlNode.Sequence sequence, Reading reading) {
        Map<T, YamlNode> items = new LinkedHashMap<>();
        boolean whole = true;
        for (YamlNode node : sequence.items()) {
            T value = item.read(node, reading);
            whole &= value != null;
            if (value != null && items.putIfAbsent(value, node) != null) {
                reading.refuse(node, "repeated: " + node.found() + " stands in this list before. Remove one.");
            }
        }
        return whole ? new ArrayList<>(items.keySet()) : null;
    }

    /** A list of lists is told from a plain one by the first list in it. */
    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Sequence sequence
                && (!(item instanceof ListOf<?>)
                        || sequence.items().stream().anyMatch(YamlNode.Sequence.class::isInstance));
    }

    @Override
    public JsonObject schema() {
        return JsonObject.of("type", "array")
                .with("items", item.schema())
                .with("minItems", least)
                .with("uniqueItems", true);
    }

    @Override
    public List<Nested> sections() {
        return item.sections().stream()
                .map(nested -> new Nested("[]" + nested.path(), nested.section()))
                .toList();
    }

    @Override
    public String write(List<T> value) {
        return "[" + String.join(", ", value.stream().map(item::write).toList()) + "]";
    }
}
