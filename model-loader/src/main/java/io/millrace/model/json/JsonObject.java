/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object with typed reads. A value of another type is refused with its place; {@link #rejectUnknownKeys} refuses
 * what was never read.
 */
public final class JsonObject {

    private static final int SHOWN_AT_MOST = 80;

    private final String file;
    private final String path;
    private final ObjectNode node;
    private final Set<String> read = new LinkedHashSet<>();

    JsonObject(String file, String path, ObjectNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /** The plain tree itself. */
    public ObjectNode tree() {
        return node;
    }

    public boolean has(String key) {
        return !find(key).isNull();
    }

    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    public String text(String key) {
        JsonNode value = find(key);
        if (!value.isTextual()) {
            throw wrong(key, "a text", value);
        }
        return value.textValue();
    }

    /** The text, or null where the key is missing or null. */
    public @Nullable String optionalText(String key) {
        return has(key) ? text(key) : null;
    }

    public boolean flag(String key) {
        JsonNode value = find(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false", value);
        }
        return value.booleanValue();
    }

    public int integer(String key) {
        JsonNode value = find(key);
        if (!value.isInt()) {
            throw wrong(key, "a whole number", value);
        }
        return value.intValue();
    }

    public long wholeNumber(String key) {
        JsonNode value = find(key);
        if (!value.isInt() && !value.isLong()) {
            throw wrong(key, "a whole number", value);
        }
        return value.longValue();
    }

    public double number(String key) {
        return finite(key, find(key));
    }

    /** The number, or NaN where the key is missing or null. */
    public double optionalNumber(String key) {
        return has(key) ? number(key) : Double.NaN;
    }

    /** Numbers, none of them missing. */
    public double[] numbers(String key) {
        return numbers(key, array(key), false);
    }

    /** Numbers; a null is NaN. */
    public double[] numbersOrMissing(String key) {
        return numbers(key, array(key), true);
    }

    /** Rows of numbers; a null inside a row is NaN. */
    public List<double[]> rows(String key) {
        return list(key, (place, value) -> numbers(place, value, true));
    }

    public int[] integers(String key) {
        JsonNode values = array(key);
        int[] integers = new int[values.size()];
        for (int i = 0; i < integers.length; i++) {
            if (!values.get(i).isInt()) {
                throw wrong(key + "." + i, "a whole number", values.get(i));
            }
            integers[i] = values.get(i).intValue();
        }
        return integers;
    }

    public List<String> texts(String key) {
        return list(key, (place, value) -> {
            if (!value.isTextual()) {
                throw wrong(place, "a text", value);
            }
            return value.textValue();
        });
    }

    public JsonObject object(String key) {
        return object(key, find(key));
    }

    public List<JsonObject> objects(String key) {
        return list(key, this::object);
    }

    /** Refuses the keys that nobody read. */
    public void rejectUnknownKeys() {
        for (String key : keys()) {
            if (!read.contains(key)) {
                throw refuse(
                        key,
                        "is no key of this version of Millrace (known here: " + String.join(", ", read)
                                + "). Write the bundle again with this version");
            }
        }
    }

    /** A refusal at a key of this object; the text continues {@code file: path.key } and gets its full stop. */
    public ModelException refuse(String key, String what) {
        return refuse(ModelException.Code.JSON, key, what);
    }

    public ModelException refuse(ModelException.Code code, String key, String what) {
        return new ModelException(code, file + ": " + place(key) + " " + what + ".");
    }

    static String shown(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "nothing";
        }
        String text = value.isContainerNode() ? (value.isArray() ? "a list" : "an object") : value.toString();
        return text.length() <= SHOWN_AT_MOST ? text : text.substring(0, SHOWN_AT_MOST) + "…";
    }

    private JsonNode find(String key) {
        read.add(key);
        JsonNode value = node.get(key);
        return value == null ? node.nullNode() : value;
    }

    private JsonNode array(String key) {
        JsonNode value = find(key);
        if (!value.isArray()) {
            throw wrong(key, "a list", value);
        }
        return value;
    }

    private JsonObject object(String key, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return new JsonObject(file, place(key), object);
        }
        throw wrong(key, "an object", value);
    }

    private <T> List<T> list(String key, Item<T> item) {
        List<T> items = new ArrayList<>();
        Iterator<JsonNode> values = array(key).elements();
        for (int i = 0; values.hasNext(); i++) {
            items.add(item.read(key + "." + i, values.next()));
        }
        return items;
    }

    private double[] numbers(String key, JsonNode values, boolean missingAllowed) {
        if (!values.isArray()) {
            throw wrong(key, "a list of numbers", values);
        }
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            boolean missing = missingAllowed && values.get(i).isNull();
            numbers[i] = missing ? Double.NaN : finite(key + "." + i, values.get(i));
        }
        return numbers;
    }

    private double finite(String key, JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(key, "a finite number", value);
        }
        return value.doubleValue();
    }

    private ModelException wrong(String key, String expected, JsonNode found) {
        return refuse(key, "must be " + expected + ", found " + shown(found) + ". Write the bundle again");
    }

    private String place(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private interface Item<T> {
        T read(String place, JsonNode value);
    }
}
