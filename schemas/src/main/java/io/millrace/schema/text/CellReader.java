/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** One text to the Avro value that a field wants. An empty text is null where the field may be null. */
final class CellReader {

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]*");

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
        } catch (NumberFormatException | ArithmeticException | DateTimeException unreadable) {
            throw wrong(field, text, type);
        } catch (IllegalArgumentException unsuitable) {
            throw new TextException("field '" + field + "': " + unsuitable.getMessage());
        }
    }

    private static Object value(String text, Schema type) {
        return switch (type.getType()) {
            case STRING -> text;
            case INT ->
                type.getLogicalType() instanceof LogicalTypes.Date ? day(text.strip()) : Math.toIntExact(whole(text));
            case LONG ->
                isTimestamp(type) ? time(text.strip(), type.getLogicalType().getName()) : (Object) whole(text);
            case FLOAT -> Float.parseFloat(text.strip());
            case DOUBLE -> Double.parseDouble(text.strip());
            case BOOLEAN -> truth(text.strip());
            case ENUM -> symbol(text, type);
            case BYTES ->
                type.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? ByteBuffer.wrap(unscaled(text, decimal).toByteArray())
                        : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            case FIXED -> fixed(text.strip(), type);
            default ->
                throw new IllegalArgumentException("a " + type.getType().getName()
                        + " cannot be written in one cell. Send a .jsonl or .avro file.");
        };
    }

    static boolean isTimestamp(Schema type) {
        LogicalType logical = type.getLogicalType();
        return logical != null && logical.getName().contains("timestamp");
    }

    /** A whole number, also where it is written as 5.0 or 5e3. */
    private static long whole(String text) {
        String digits = text.strip();
        return WHOLE.matcher(digits).matches() ? Long.parseLong(digits) : new BigDecimal(digits).longValueExact();
    }

    /** A day: the number of days since the epoch, or ISO 8601. */
    private static int day(String text) {
        return WHOLE.matcher(text).matches()
                ? Integer.parseInt(text)
                : Math.toIntExact(LocalDate.parse(text).toEpochDay());
    }

    /** A time: units since the epoch, or ISO 8601, in UTC where it names no zone. */
    private static long time(String text, String unit) {
        if (NUMBER.matcher(text).matches()) {
            return whole(text);
        }
        Instant time = instant(text);
        if (unit.endsWith("micros")) {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        }
        return unit.endsWith("nanos")
                ? Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano())
                : time.toEpochMilli();
    }

    private static Instant instant(String text) {
        String iso = text.indexOf(' ') > 0 ? text.replace(' ', 'T') : text;
        if (iso.length() == "2026-01-31".length()) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 9 || iso.lastIndexOf('-') > 9;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    /** A decimal's digits as Avro stores them; one with more digits than the schema has is refused, not rounded. */
    private static BigInteger unscaled(String text, LogicalTypes.Decimal decimal) {
        BigDecimal number = new BigDecimal(text.strip());
        if ((long) number.precision() - number.scale() > (long) decimal.getPrecision() - decimal.getScale()
                && number.signum() != 0) {
            throw new ArithmeticException(text);
        }
        return number.signum() == 0
                ? BigInteger.ZERO
                : number.setScale(decimal.getScale(), RoundingMode.UNNECESSARY).unscaledValue();
    }

    /** Bytes of a fixed length: a decimal, or hexadecimal digits. */
    private static GenericData.Fixed fixed(String text, Schema type) {
        byte[] bytes = new byte[type.getFixedSize()];
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            byte[] digits = unscaled(text, decimal).toByteArray();
            Arrays.fill(bytes, (byte) (digits[0] < 0 ? -1 : 0));
            System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
            return new GenericData.Fixed(type, bytes);
        }
        if (text.length() != 2 * bytes.length || !HEXADECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not " + bytes.length + " bytes in hexadecimal, two digits each.");
        }
        return new GenericData.Fixed(type, HexFormat.of().parseHex(text));
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
