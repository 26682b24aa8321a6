/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.Contracts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro bytes to JSON for people: times as ISO 8601, feature vectors as numbers, other bytes as hexadecimal.
 */
public final class RecordText {

    private static final int HEADER_BYTES = 10;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordText() {}

    /** The contract that a value in single-object encoding was written with; null when it is none of ours. */
    public static @Nullable Schema contractOf(byte[] value) {
        if (value.length < HEADER_BYTES || value[0] != (byte) 0xC3 || value[1] != 1) {
            return null;
        }
        return Contracts.byFingerprint(ByteBuffer.wrap(value, 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong());
    }

    /** The record in a value, read with its schema; null when the bytes are not such a record. */
    public static @Nullable GenericRecord read(byte[] value, Schema schema, boolean singleObject) {
        int offset = singleObject ? HEADER_BYTES : 0;
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(value, offset, value.length - offset, null));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException unreadable) {
            return null;
        }
    }

    /** The record as a JSON object. */
    public static ObjectNode json(GenericRecord record) {
        ObjectNode object = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            put(object, field.name(), record.get(field.pos()), field.schema());
        }
        return object;
    }

    private static void put(ObjectNode object, String name, @Nullable Object value, Schema schema) {
        Schema type = present(schema);
        if (value instanceof GenericRecord nested) {
            object.set(name, json(nested));
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode inner = object.putObject(name);
            map.forEach((key, each) -> put(inner, key.toString(), each, type.getValueType()));
        } else if (value instanceof List<?> list) {
            ArrayNode array = object.putArray(name);
            list.forEach(each -> array.add(scalar(each)));
        } else if (value instanceof ByteBuffer bytes) {
            putBytes(object, name, bytes);
        } else if (value instanceof Long number && isTime(type)) {
            object.put(name, Instant.ofEpochMilli(number).toString());
        } else {
            object.set(name, scalar(value));
        }
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Float number) {
            return NODES.numberNode(number.floatValue());
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number.doubleValue());
        }
        if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        }
        return value instanceof Boolean truth ? NODES.booleanNode(truth) : NODES.textNode(value.toString());
    }

    private static void putBytes(ObjectNode object, String name, ByteBuffer bytes) {
        if (!name.equals("features")) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            object.put(name, HexFormat.of().formatHex(copy));
            return;
        }
        ArrayNode array = object.putArray(name);
        ByteBuffer floats = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (floats.remaining() >= Float.BYTES) {
            float value = floats.getFloat();
            if (Float.isNaN(value)) {
                array.addNull();
            } else {
                array.add(value);
            }
        }
    }

    private static boolean isTime(Schema type) {
        LogicalType logical = type.getLogicalType();
        return logical != null && logical.getName().equals("timestamp-millis");
    }

    private static Schema present(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema);
    }
}
