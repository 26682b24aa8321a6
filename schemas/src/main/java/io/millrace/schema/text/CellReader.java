/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** One text to the Avro value that a field wants. An empty text is null where the field may be null. */
final class CellReader {

    private CellReader() {}

    static @Nullable Object read(String field, String text, Schema schema) {
        Schema type = schema;
        if (schema.getType() == Schema.Type.UNION) {
            if (text.isEmpty() && schema.isNullable()) {
                return null;
            }
            type = schema.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .findFirst()
                    .orElse(schema);
        }
        try {
            return value(text, type);
        } catch (NumberFormatException | DateTimeException unreadable) {
            throw wrong(field, text, type);
        } catch (IllegalArgumentException unsuitable) {
            throw new TextException("field '" + field + "': " + unsuitable.getMessage());
        }
    }

    private static Object value(String text, Schema type) {
        return switch (type.getType()) {
            case STRING -> text;
            case INT ->
                type.getLogicalType() instanceof LogicalTypes.Date
                        ? (int) LocalDate.parse(text).toEpochDay()
                        : (Object) Integer.parseInt(text.strip());
            case LONG -> type.getLogicalType() == null ? whole(text) : (Object) time(text, type.getLogicalType());
            case FLOAT -> Float.parseFloat(text.strip());
            case DOUBLE -> Double.parseDouble(text.strip());
            case BOOLEAN -> truth(text.strip());
            case ENUM -> symbol(text, type);
            case BYTES -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            default ->
                throw new IllegalArgumentException("a " + type.getType().getName()
                        + " cannot be written in one cell. Send a .jsonl or .avro file.");
        };
    }

    private static Object whole(String text) {
        String digits = text.strip();
        return digits.indexOf('.') < 0 && digits.indexOf('e') < 0
                ? Long.parseLong(digits)
                : new BigDecimal(digits).longValueExact();
    }

    /** A time: units since the epoch, or ISO 8601, in UTC where it names no zone. */
    private static long time(String text, LogicalType type) {
        String stripped = text.strip();
        if (stripped.matches("-?\\d+")) {
            return Long.parseLong(stripped);
        }
        long millis = isoMillis(stripped);
        if (type.getName().endsWith("micros")) {
            return Math.multiplyExact(millis, 1_000);
        }
        return type.getName().endsWith("nanos") ? Math.multiplyExact(millis, 1_000_000) : millis;
    }

    private static long isoMillis(String text) {
        String iso = text.indexOf(' ') > 0 ? text.replace(' ', 'T') : text;
        if (iso.length() == "2026-01-31".length()) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 9 || iso.lastIndexOf('-') > 9;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw new NumberFormatException(text);
        };
    }

    private static Object symbol(String text, Schema type) {
        if (!type.hasEnumSymbol(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + type.getEnumSymbols() + ".");
        }
        return new GenericData.EnumSymbol(type, text);
    }

    private static TextException wrong(String field, String text, Schema type) {
        String wanted = type.getLogicalType() == null
                ? type.getType().getName()
                : type.getLogicalType().getName();
        return new TextException("field '" + field + "': '" + text + "' is not a " + wanted + ".");
    }
}
