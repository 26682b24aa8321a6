/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static io.millrace.pipeline.expression.ExpressionType.NUMBER;
import static io.millrace.pipeline.expression.ExpressionType.TIME;

import io.millrace.pipeline.expression.function.Function.Notation;
import io.millrace.pipeline.expression.node.Arithmetic;
import io.millrace.pipeline.expression.node.CalendarField;
import io.millrace.pipeline.expression.node.TimeNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Functions of moments: parts of the calendar, in UTC or in a named zone, and spans. */
final class TimeFunctions {

    private TimeFunctions() {}

    static List<Function> all() {
        return List.of(
                part("hour", "The hour, 0 to 23.", CalendarField.HOUR),
                part("minute", "The minute of the hour, 0 to 59.", CalendarField.MINUTE),
                part("day_of_week", "The day of the week, 1 = Monday to 7 = Sunday.", CalendarField.DAY_OF_WEEK),
                part("day_of_month", "The day of the month, 1 to 31.", CalendarField.DAY_OF_MONTH),
                part("day_of_year", "The day of the year, 1 to 366.", CalendarField.DAY_OF_YEAR),
                part("month", "The month, 1 = January to 12 = December.", CalendarField.MONTH),
                part("year", "The year.", CalendarField.YEAR),
                span("days_between", "days of 24 hours", 86_400_000),
                span("hours_between", "hours", 3_600_000),
                span("seconds_between", "seconds", 1_000),
                timestamp());
    }

    private static Function part(String name, String summary, CalendarField field) {
        return Function.of(
                name,
                Notation.CALL,
                summary,
                Overload.of(NUMBER, a -> field.of(a.time(0)), Parameter.of("time", TIME)),
                Overload.of(
                        NUMBER,
                        a -> field.of(a.time(0), ZoneId.of(a.literal(1))),
                        Parameter.of("time", TIME),
                        Parameter.literal("zone", LiteralKind.ZONE)));
    }

    private static Function span(String name, String unit, double unitMillis) {
        return Function.of(
                name,
                Notation.CALL,
                "The time that passes from one moment to another in " + unit
                        + ", with its fraction; negative when the second is the earlier.",
                Overload.of(
                        NUMBER,
                        a -> Arithmetic.between(a.time(0), a.time(1), unitMillis),
                        Parameter.of("from", TIME),
                        Parameter.of("to", TIME)));
    }

    private static Function timestamp() {
        return Function.of(
                "timestamp",
                Notation.CALL,
                "A moment written as date, time and zone: \"2026-01-31T00:00:00Z\".",
                Overload.of(
                        TIME,
                        a -> moment(Instant.parse(a.literal(0))),
                        Parameter.literal("moment", LiteralKind.MOMENT)));
    }

    private static TimeNode moment(Instant instant) {
        double millis = instant.toEpochMilli();
        return frame -> millis;
    }
}
