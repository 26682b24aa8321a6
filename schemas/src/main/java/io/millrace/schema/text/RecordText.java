/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.Contracts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro bytes to JSON for people: times as ISO 8601, decimals and feature vectors as numbers, other bytes as hexadecimal.
 */
public final class RecordText {

    private static final int HEADER_BYTES = 10;
    private static final String VECTOR = "features";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordText() {}

    /** The contract that a value in single-object encoding was written with; null when it is none of ours. */
    public static @Nullable Schema contractOf(byte[] value) {
        if (value.length < HEADER_BYTES || value[0] != (byte) 0xC3 || value[1] != 1) {
            return null;
        }
        return Contracts.byFingerprint(fingerprint(value));
    }

    /** The record in a value, read with its schema; null when the bytes are not such a record, to the last of them. */
    public static @Nullable GenericRecord read(byte[] value, Schema schema, boolean singleObject) {
        int offset = singleObject ? HEADER_BYTES : 0;
        if (singleObject && !isWrittenWith(value, schema)) {
            return null;
        }
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, offset, value.length - offset, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, in);
            return in.isEnd() ? record : null;
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | UnsupportedOperationException unreadable) {
            return null; // the last: Avro's answer to a length beyond what an array can hold
        }
    }

    private static boolean isWrittenWith(byte[] value, Schema schema) {
        return value.length >= HEADER_BYTES
                && value[0] == (byte) 0xC3
                && value[1] == 1
                && fingerprint(value) == SchemaNormalization.parsingFingerprint64(schema);
    }

    private static long fingerprint(byte[] value) {
        return ByteBuffer.wrap(value, 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    /** The record as a JSON object. */
    public static ObjectNode json(GenericRecord record) {
        ObjectNode object = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            boolean vector = field.name().equals(VECTOR) && value instanceof ByteBuffer;
            object.set(field.name(), vector ? floats((ByteBuffer) value) : node(value, field.schema()));
        }
        return object;
    }

    private static JsonNode node(@Nullable Object value, Schema schema) {
        Schema type = schema.getType() == Schema.Type.UNION
                ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
                : schema;
        if (value instanceof GenericRecord nested) {
            return json(nested);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, each) -> object.set(key.toString(), node(each, type.getValueType())));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(each -> array.add(node(each, type.getElementType())));
            return array;
        }
        return value instanceof ByteBuffer || value instanceof GenericFixed ? bytes(value, type) : scalar(value, type);
    }

    private static JsonNode scalar(@Nullable Object value, Schema type) {
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
            String time = Times.text(number.longValue(), type.getLogicalType());
            return time == null ? NODES.numberNode(number.longValue()) : NODES.textNode(time);
        }
        return value instanceof Boolean truth ? NODES.booleanNode(truth) : NODES.textNode(value.toString());
    }

    private static JsonNode bytes(Object value, Schema type) {
        byte[] bytes = value instanceof GenericFixed fixed ? fixed.bytes() : copy((ByteBuffer) value);
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return bytes.length == 0
                    ? NODES.nullNode()
                    : DecimalNode.valueOf(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
        }
        return NODES.textNode(HexFormat.of().formatHex(bytes));
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** A feature vector: floats in little-endian order, NaN for missing. */
    private static ArrayNode floats(ByteBuffer bytes) {
        ArrayNode array = NODES.arrayNode();
        ByteBuffer floats = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (floats.remaining() >= Float.BYTES) {
            float value = floats.getFloat();
            array.add(Float.isNaN(value) ? NODES.nullNode() : NODES.numberNode(value));
        }
        return array;
    }
}
