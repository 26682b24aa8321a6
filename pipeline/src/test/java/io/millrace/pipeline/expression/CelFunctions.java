/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import dev.cel.runtime.CelFunctionBinding;
import io.millrace.pipeline.expression.function.Function;
import io.millrace.pipeline.expression.function.Overload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The functions a second time, for cel-java, by other means: {@code java.time}, {@code BigDecimal}. */
final class CelFunctions {

    private static final Map<String, ChronoField> FIELDS = Map.of(
            "hour", ChronoField.HOUR_OF_DAY,
            "minute", ChronoField.MINUTE_OF_HOUR,
            "day_of_week", ChronoField.DAY_OF_WEEK,
            "day_of_month", ChronoField.DAY_OF_MONTH,
            "day_of_year", ChronoField.DAY_OF_YEAR,
            "month", ChronoField.MONTH_OF_YEAR,
            "year", ChronoField.YEAR);

    private CelFunctions() {}

    static List<CelFunctionBinding> bindings(Function function) {
        List<CelFunctionBinding> bindings = new ArrayList<>();
        String name = function.name();
        for (Overload overload : function.overloads()) {
            String id = CelOracle.id(function, overload);
            List<Class<?>> classes = overload.parameters().stream()
                    .<Class<?>>map(parameter -> javaClass(parameter.type()))
                    .toList();
            bindings.add(CelFunctionBinding.from(id, classes, arguments -> result(name, arguments)));
        }
        return bindings;
    }

    private static Class<?> javaClass(ExpressionType type) {
        return switch (type) {
            case NUMBER -> Double.class;
            case BOOLEAN -> Boolean.class;
            case TEXT -> String.class;
            case TIME -> Instant.class;
        };
    }

    private static double result(String name, Object[] arguments) {
        ChronoField field = FIELDS.get(name);
        if (field != null) {
            ZoneId zone = arguments.length > 1 ? ZoneId.of((String) arguments[1]) : ZoneOffset.UTC;
            return ZonedDateTime.ofInstant((Instant) arguments[0], zone).get(field);
        }
        if (arguments[0] instanceof Instant from) {
            return span(name, Duration.between(from, (Instant) arguments[1]).toMillis());
        }
        double x = (Double) arguments[0];
        double y = arguments.length > 1 ? (Double) arguments[1] : Double.NaN;
        double z = arguments.length > 2 ? (Double) arguments[2] : Double.NaN;
        return CelArithmetic.finite(number(name, x, y, z));
    }

    private static double span(String name, long millis) {
        return switch (name) {
            case "days_between" -> millis / 86_400_000.0;
            case "hours_between" -> millis / 3_600_000.0;
            case "seconds_between" -> millis / 1_000.0;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double number(String name, double x, double y, double z) {
        return switch (name) {
            case "abs" -> x <= 0 ? 0.0 - x : x;
            case "sign" -> x == 0 ? x : x < 0 ? -1 : 1;
            case "floor" -> Math.copySign(whole(x, RoundingMode.FLOOR), x);
            case "ceil" -> Math.copySign(whole(x, RoundingMode.CEILING), x);
            case "round" -> Math.copySign(whole(x, RoundingMode.HALF_UP), x);
            case "sqrt" -> StrictMath.sqrt(x);
            case "exp" -> StrictMath.exp(x);
            case "log" -> StrictMath.log(x);
            case "log10" -> StrictMath.log10(x);
            case "log1p" -> StrictMath.log1p(x);
            case "pow" -> StrictMath.pow(x, y);
            case "min" -> Double.compare(x, y) < 0 ? x : y;
            case "max" -> Double.compare(x, y) > 0 ? x : y;
            case "clamp" -> clamp(x, y, z);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double whole(double x, RoundingMode mode) {
        return new BigDecimal(x).setScale(0, mode).doubleValue();
    }

    private static double clamp(double x, double low, double high) {
        if (low > high) {
            return Double.NaN;
        }
        double atMost = Double.compare(x, high) > 0 ? high : x;
        return Double.compare(atMost, low) < 0 ? low : atMost;
    }
}
