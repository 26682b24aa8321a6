/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.jspecify.annotations.Nullable;

/** Avro's times as ISO 8601: a day, a time in UTC, or a local time, which has no zone. */
final class Times {

    private Times() {}

    /** The time that a number stands for; null where its logical type is none. */
    static @Nullable String text(long value, @Nullable LogicalType type) {
        if (type instanceof LogicalTypes.Date) {
            return LocalDate.ofEpochDay(value).toString();
        }
        if (type == null || !type.getName().contains("timestamp")) {
            return null;
        }
        Instant time = instant(value, type.getName());
        return type.getName().startsWith("local")
                ? LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString()
                : time.toString();
    }

    private static Instant instant(long value, String unit) {
        long perSecond = unit.endsWith("nanos") ? 1_000_000_000L : unit.endsWith("micros") ? 1_000_000L : 1_000L;
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
    }
}
