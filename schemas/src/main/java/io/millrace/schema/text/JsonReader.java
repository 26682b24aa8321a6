/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Plain JSON to an Avro record: a key that is absent is null or the default, a union takes what fits. */
final class JsonReader {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonReader() {}

    static GenericRecord read(String line, Schema schema) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node != null && node.isObject()) {
                return record("", node, schema);
            }
        } catch (JsonProcessingException invalid) {
            throw new TextException("not JSON: " + invalid.getOriginalMessage());
        }
        throw new TextException("not a JSON object. Write one object a line.");
    }

    private static GenericRecord record(String prefix, JsonNode node, Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(prefix + field.name(), find(node, field), field));
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

    /** An absent value is the default, or null; a null that the schema does not take is the default. */
    private static @Nullable Object value(String name, @Nullable JsonNode node, Schema.Field field) {
        boolean nullable = field.schema().isNullable();
        if (node != null && (nullable || !node.isNull() || !field.hasDefaultValue())) {
            return value(name, node, field.schema());
        }
        if (field.hasDefaultValue()) {
            return GenericData.get().getDefaultValue(field);
        }
        if (!nullable) {
            throw new TextException("field '" + name + "' is missing, and it has no default.");
        }
        return null;
    }

    private static @Nullable Object value(String name, JsonNode node, Schema schema) {
        Schema type = branch(node, schema);
        boolean fits = switch (type.getType()) {
            case RECORD, MAP -> node.isObject();
            case ARRAY -> node.isArray();
            case NULL -> node.isNull();
            default -> node.isValueNode() && !node.isNull();
        };
        if (!fits) {
            throw new TextException(
                    "field '" + name + "': found a " + node.getNodeType().name().toLowerCase(Locale.ROOT)
                            + ", wanted a " + type.getType().getName() + '.');
        }
        return switch (type.getType()) {
            case NULL -> null;
            case RECORD -> record(name + '.', node, type);
            case ARRAY -> array(name, node, type);
            case MAP -> map(name, node, type);
            default -> CellReader.read(name, node.asText(), type);
        };
    }

    /** The first branch that the value fits; where it fits none, the first that is not null says what is wrong. */
    private static Schema branch(JsonNode node, Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types = schema.getTypes();
        return types.stream()
                .filter(type -> fits(node, type))
                .findFirst()
                .or(() -> types.stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst())
                .orElse(types.get(0));
    }

    private static boolean fits(JsonNode node, Schema type) {
        return switch (type.getType()) {
            case NULL -> node.isNull();
            case RECORD, MAP -> node.isObject();
            case ARRAY -> node.isArray();
            case BOOLEAN -> node.isBoolean();
            case INT ->
                node.isIntegralNumber() && node.canConvertToInt()
                        || node.isTextual() && type.getLogicalType() instanceof LogicalTypes.Date;
            case LONG ->
                node.isIntegralNumber() && node.canConvertToLong() || node.isTextual() && CellReader.isTimestamp(type);
            case FLOAT, DOUBLE -> node.isNumber();
            case ENUM -> node.isTextual() && type.hasEnumSymbol(node.textValue());
            case BYTES, FIXED ->
                node.isTextual() || node.isNumber() && type.getLogicalType() instanceof LogicalTypes.Decimal;
            default -> node.isTextual();
        };
    }

    private static List<@Nullable Object> array(String name, JsonNode node, Schema type) {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(value(name + '[' + items.size() + ']', item, type.getElementType()));
        }
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
