/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.grammar.ValueType;
import io.millrace.pipeline.yaml.Excerpt;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options of another system, passed through as texts under the names that it gives them.
 *
 * @param kind what they are, a singular: {@code Kafka client property}
 * @param naming the system's own name of an option as it is written in the file
 * @param rules each may object to an option
 */
record PassThrough(String kind, UnaryOperator<String> naming, List<Rule> rules)
        implements ValueType<Map<String, String>> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    @Override
    public @Nullable Map<String, String> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.mismatch(node, title());
            return null;
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, YamlNode> seen = new HashMap<>();
        for (YamlNode entry : mapping.entries()) {
            String name = naming.apply(entry.name());
            YamlNode first = seen.putIfAbsent(name, entry);
            if (first != null) {
                reading.refuseRepetition(entry, first);
                continue;
            }
            String value = option(name, entry, reading);
            if (value != null) {
                options.put(name, value);
            }
        }
        return options;
    }

    private @Nullable String option(String name, YamlNode entry, Reading reading) {
        if (!NAME.matcher(name).matches()) {
            reading.refuseKey(entry, Excerpt.quoted(entry.name()) + " cannot be the name of a " + kind + ".");
            return null;
        }
        String value = reading.text(entry, "a text, a number, true or false");
        if (value == null || !(entry instanceof YamlNode.Scalar scalar)) {
            return null;
        }
        for (Rule rule : rules) {
            String objection = rule.objection(name, scalar);
            if (objection != null) {
                reading.refuseKey(entry, objection);
                return null;
            }
        }
        return value;
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Mapping;
    }

    @Override
    public String title() {
        return "a map from the name of a " + kind + " to its value";
    }

    @Override
    public JsonObject schema() {
        return JsonObject.of("type", "object")
                .with("additionalProperties", JsonObject.of("type", List.of("string", "number", "boolean")));
    }

    @Override
    public String write(Map<String, String> value) {
        return value.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        value.entrySet().stream()
                                .map(option -> option.getKey() + ": " + option.getValue())
                                .toList());
    }

    /** What may be wrong with one option. Messages never show the value: it may be a secret. */
    @FunctionalInterface
    interface Rule {

        /** What is wrong and the cure, or null. */
        @Nullable
        String objection(String name, YamlNode.Scalar value);

        /** Options that are not for the file to set, each with the reason and the cure. */
        static Rule reserved(Map<String, String> objections) {
            return (name, value) -> objections.get(name);
        }
    }
}
