/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Plain JSON to an Avro record: a key that is absent is null or the default, a union takes what fits. */
final class JsonReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReader() {}

    static GenericRecord read(String line, Schema schema) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node != null && node.isObject()) {
                return record(node, schema);
            }
        } catch (JsonProcessingException invalid) {
            throw new TextException("not JSON: " + invalid.getOriginalMessage());
        }
        throw new TextException("not a JSON object. Write one object a line.");
    }

    private static GenericRecord record(JsonNode node, Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = find(node, field);
            if (value != null && !value.isNull()) {
                record.put(field.pos(), value(field.name(), value, field.schema()));
            }
        }
        return record;
    }

    private static @Nullable JsonNode find(JsonNode node, Schema.Field field) {
        if (node.has(field.name())) {
            return node.get(field.name());
        }
        return field.aliases().stream()
                .filter(node::has)
                .map(node::get)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object value(String name, JsonNode node, Schema schema) {
        Schema type = branch(node, schema);
        return switch (type.getType()) {
            case RECORD -> record(node, type);
            case ARRAY -> array(name, node, type);
            case MAP -> map(name, node, type);
            default -> CellReader.read(name, node.asText(), type);
        };
    }

    private static Schema branch(JsonNode node, Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(type -> fits(node, type))
                .findFirst()
                .orElse(schema);
    }

    private static boolean fits(JsonNode node, Schema type) {
        return switch (type.getType()) {
            case NULL -> node.isNull();
            case RECORD, MAP -> node.isObject();
            case ARRAY -> node.isArray();
            case BOOLEAN -> node.isBoolean();
            case INT, LONG, FLOAT, DOUBLE -> node.isNumber() || type.getLogicalType() != null;
            default -> node.isTextual();
        };
    }

    private static List<@Nullable Object> array(String name, JsonNode node, Schema type) {
        List<@Nullable Object> items = new ArrayList<>();
        node.forEach(item -> items.add(value(name, item, type.getElementType())));
        return items;
    }

    private static Map<String, @Nullable Object> map(String name, JsonNode node, Schema type) {
        Map<String, @Nullable Object> entries = new HashMap<>();
        node.properties()
                .forEach(entry -> entries.put(
                        entry.getKey(), value(name + '.' + entry.getKey(), entry.getValue(), type.getValueType())));
        return entries;
    }
}
