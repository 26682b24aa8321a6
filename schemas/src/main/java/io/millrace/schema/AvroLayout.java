/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Gives every field that an expression could use a slot. Arrays, maps, bytes and unions of several types have none, and
 * neither has a record inside itself.
 */
public final class AvroLayout {

    private final List<Field> fields = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private final String timeField;
    private int numbers;
    private int texts;

    private AvroLayout(String timeField) {
        this.timeField = timeField;
    }

    /**
     * The layout of a schema.
     *
     * @param timeField the field that is the event time: a plain long there is milliseconds
     */
    public static EventLayout of(String stream, Schema schema, String timeField) {
        AvroLayout layout = new AvroLayout(timeField);
        layout.addFields(schema, "");
        return new EventLayout(stream, layout.fields);
    }

    private void addFields(Schema schema, String prefix) {
        if (!open.add(schema.getFullName())) {
            return;
        }
        for (Schema.Field field : schema.getFields()) {
            Schema type = present(field.schema());
            if (type != null) {
                add(prefix + field.name(), type);
            }
        }
        open.remove(schema.getFullName());
    }

    private void add(String path, Schema type) {
        if (type.getType() == Schema.Type.RECORD) {
            addFields(type, path + '.');
            return;
        }
        Kind kind = kind(path, type);
        if (kind != null) {
            fields.add(new Field(path, kind, kind == Kind.TEXT ? texts++ : numbers++));
        }
    }

    private @Nullable Kind kind(String path, Schema type) {
        return switch (type.getType()) {
            case INT -> type.getLogicalType() instanceof LogicalTypes.Date ? Kind.TIME : Kind.NUMBER;
            case LONG -> isTime(type) || path.equals(timeField) ? Kind.TIME : Kind.NUMBER;
            case FLOAT, DOUBLE -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            case STRING, ENUM -> Kind.TEXT;
            case BYTES -> type.getLogicalType() instanceof LogicalTypes.Decimal ? Kind.NUMBER : null;
            default -> null;
        };
    }

    /** The one type that is not null, or null when there are several. */
    private static @Nullable Schema present(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return types.size() == 1 ? types.get(0) : null;
    }

    private static boolean isTime(Schema schema) {
        LogicalType type = schema.getLogicalType();
        return type != null && type.getName().contains("timestamp");
    }

    /** How many units of a long make a millisecond: 1, or 1,000 and 1,000,000 for micro- and nanoseconds. */
    static long unitsPerMilli(Schema schema) {
        LogicalType type = schema.getLogicalType();
        if (type == null || !isTime(schema)) {
            return 1;
        }
        if (type.getName().endsWith("micros")) {
            return 1_000;
        }
        return type.getName().endsWith("nanos") ? 1_000_000 : 1;
    }
}
