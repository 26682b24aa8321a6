/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.yaml;

import io.millrace.pipeline.problem.Position;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One node of a YAML document, with the place where it stands. */
public sealed interface YamlNode {

    Place place();

    /** What it is, for the "found" of a message. */
    String found();

    default String name() {
        return place().name();
    }

    default String path() {
        return place().path();
    }

    /**
     * Where a node stands.
     *
     * @param name the key that it is the value of; empty for the document and for items of a list
     * @param path keys joined by dots, items as {@code [index]}
     * @param key the position of the key; of the value itself where there is no key
     * @param value the position of the value
     */
    record Place(String name, String path, Position key, Position value) {

        Place child(String childName, Position childKey, Position childValue) {
            String shown = Excerpt.plain(childName);
            return new Place(childName, path.isEmpty() ? shown : path + "." + shown, childKey, childValue);
        }

        Place item(int index, Position position) {
            return new Place("", path + "[" + index + "]", position, position);
        }
    }

    /**
     * A single value.
     *
     * @param written as it stands in the file, quotes and escapes undone
     * @param plain whether it stands there without quotes, so that it may be a number or true or false
     * @param text as written, variables put in
     * @param trouble what is wrong with its variables; null when nothing is
     */
    record Scalar(
            Place place,
            String written,
            boolean plain,
            String text,
            @Nullable String trouble) implements YamlNode {

        private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

        /** What the value is; one with variables is whatever its text looks like. */
        public Kind kind() {
            if (!plain && !substituted()) {
                return Kind.TEXT;
            }
            if (plain && (text.isEmpty() || text.equals("~") || text.equals("null"))) {
                return Kind.NOTHING;
            }
            if (text.equals("true") || text.equals("false")) {
                return Kind.BOOLEAN;
            }
            return NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
        }

        /** Whether variables were put in: then the value is not shown in messages, it may be a secret. */
        public boolean substituted() {
            return !written.equals(text);
        }

        @Override
        public String found() {
            if (substituted()) {
                return "the value of " + Excerpt.quoted(written);
            }
            return switch (kind()) {
                case NOTHING -> "nothing";
                case BOOLEAN -> text;
                case NUMBER -> "the number " + Excerpt.plain(text);
                case TEXT -> Excerpt.quoted(text);
            };
        }
    }

    /** What a scalar may be, by YAML 1.2's core schema without its octal, hexadecimal and non-finite numbers. */
    enum Kind {
        NOTHING,
        BOOLEAN,
        NUMBER,
        TEXT
    }

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String found() {
            return "a list";
        }
    }

    /**
     * A map.
     *
     * @param entries the values in the file's order, each named by its key; a key that was repeated is there repeatedly
     */
    record Mapping(Place place, List<YamlNode> entries) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The first entry of that name, or null. */
        public @Nullable YamlNode entry(String name) {
            for (YamlNode entry : entries) {
                if (entry.name().equals(name)) {
                    return entry;
                }
            }
            return null;
        }

        public boolean has(String name) {
            return entry(name) != null;
        }

        @Override
        public String found() {
            return "a map";
        }
    }
}
