/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A JSON object that keeps the order of its members. Values are texts, numbers, booleans, lists and JSON objects. */
public final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** An object with one member. */
    public static JsonObject of(String name, Object value) {
        return new JsonObject().with(name, value);
    }

    /** Adds a member, or replaces its value; returns this object. */
    public JsonObject with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Adds the members of another object; returns this object. */
    public JsonObject withAll(JsonObject other) {
        members.putAll(other.members);
        return this;
    }

    /** As text, indented by two spaces, with a newline at the end. */
    public String text() {
        StringBuilder text = new StringBuilder();
        write(this, text, "\n");
        return text.append('\n').toString();
    }

    private static void write(Object value, StringBuilder text, String newline) {
        if (value instanceof JsonObject object) {
            bracketed(object.members.entrySet(), '{', '}', text, newline, member -> {
                write(member.getKey(), text, newline);
                text.append(": ");
                write(member.getValue(), text, newline + "  ");
            });
        } else if (value instanceof Collection<?> items) {
            bracketed(items, '[', ']', text, newline, item -> write(item, text, newline + "  "));
        } else if (value instanceof String string) {
            quoted(string, text);
        } else {
            text.append(value);
        }
    }

    private static <T> void bracketed(
            Collection<T> items, char open, char close, StringBuilder text, String newline, Consumer<T> writer) {
        text.append(open);
        for (Iterator<T> rest = items.iterator(); rest.hasNext(); ) {
            text.append(newline).append("  ");
            writer.accept(rest.next());
            text.append(rest.hasNext() ? "," : newline);
        }
        text.append(close);
    }

    private static void quoted(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }
}
