/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.problem.Position;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map with a fixed set of keys: a table of the grammar.
 *
 * @param <T> what the section becomes
 */
public final class Section<T> implements ValueType<T> {

    private final String title;
    private final String meaning;
    private final List<Key<?>> keys;
    private final Function<Values, @Nullable T> reader;

    /**
     * @param title with its article: {@code a stream}
     * @param meaning what it is for, a sentence without its full stop
     * @param reader makes the value when every required key could be read; null when another that it needs could not
     */
    public Section(String title, String meaning, List<Key<?>> keys, Function<Values, @Nullable T> reader) {
        this.title = title;
        this.meaning = meaning;
        this.keys = List.copyOf(keys);
        this.reader = reader;
    }

    @Override
    public @Nullable T read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.mismatch(node, "a map with the keys of " + title);
            return null;
        }
        Values values = values(mapping, reading);
        return values.complete() ? reader.apply(values) : null;
    }

    /** The value of a map without any key; only for a section that requires none. */
    T whenAbsent() {
        YamlNode.Mapping nothing =
                new YamlNode.Mapping(new YamlNode.Place("", "", Position.START, Position.START), List.of());
        T value = read(nothing, new Reading());
        if (value == null) {
            throw new IllegalStateException(title + " requires keys: it has no default");
        }
        return value;
    }

    /** Every key of the map read, whether or not the section is whole. */
    public Values values(YamlNode.Mapping node, Reading reading) {
        Values values = new Values(node, reading);
        for (YamlNode entry : reading.entries(node)) {
            Key<?> key = key(entry.name());
            if (key == null) {
                reading.refuseKey(entry, "unknown key in " + title + "." + suggestion(entry.name()));
            } else {
                values.put(key, key.type().read(entry, reading));
            }
        }
        keys.forEach(values::require);
        return values;
    }

    private String suggestion(String name) {
        String near = Problems.suggest(name, keys.stream().map(Key::name).toList());
        if (near.startsWith(" Did you mean")) {
            return near;
        }
        List<String> built = keys.stream().filter(Key::built).map(Key::name).toList();
        String listed = Problems.suggest(name, built);
        return listed.isEmpty() ? " Remove it." : listed;
    }

    private @Nullable Key<?> key(String name) {
        for (Key<?> key : keys) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Mapping;
    }

    @Override
    public String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    List<Key<?>> keys() {
        return keys;
    }

    @Override
    public JsonObject schema() {
        JsonObject properties = new JsonObject();
        for (Key<?> key : keys) {
            properties.with(key.name(), key.schema());
        }
        JsonObject schema = JsonObject.of("type", "object").with("properties", properties);
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.with("required", required);
        }
        return schema.with("additionalProperties", false);
    }

    @Override
    public List<Nested> sections() {
        return List.of(new Nested("", this));
    }

    /** What the keys of one map say. */
    public static final class Values {

        private final YamlNode.Mapping node;
        private final Reading reading;
        private final Map<String, Object> read = new HashMap<>();
        private boolean complete = true;

        private Values(YamlNode.Mapping node, Reading reading) {
            this.node = node;
            this.reading = reading;
        }

        private void put(Key<?> key, @Nullable Object value) {
            if (value != null) {
                read.put(key.name(), value);
            }
        }

        private void require(Key<?> key) {
            if (!key.required() || read.containsKey(key.name())) {
                return;
            }
            complete = false;
            if (!node.has(key.name())) {
                reading.refuseAbsence(node, key.name(), "missing. Add it: " + key.meaning() + ".");
            }
        }

        /** Whether every required key could be read. */
        public boolean complete() {
            return complete;
        }

        /** The value of a key that is required or has a default. */
        public <V> V get(Key<V> key) {
            V value = find(key);
            if (value == null) {
                throw new IllegalStateException(key.name() + " has no value: it is neither required nor has a default");
            }
            return value;
        }

        /** The value of a key, or its default, or null. */
        @SuppressWarnings("unchecked") // what stands under a key's name was read by that key's type
        public <V> @Nullable V find(Key<V> key) {
            Object value = read.get(key.name());
            return value == null ? key.fallback() : (V) value;
        }

        /** The key under which this section stands: the name of the stream, of the feature. */
        public String name() {
            return node.name();
        }

        /** The node of a key's value, or of the section where the key is absent. */
        public YamlNode node(Key<?> key) {
            YamlNode entry = node.entry(key.name());
            return entry == null ? node : entry;
        }

        public Reading reading() {
            return reading;
        }
    }
}
