/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that CEL or other languages know and expressions do not, and what to write instead. */
final class Refusals {

    private static final String LISTS =
            "An expression has no lists; look at many events by an aggregate feature with a 'where'.";
    private static final String NUMBERS = "Every number is a double already; make it whole by floor, ceil or round.";
    private static final String TEXTS = "Texts are taken as they are.";
    private static final String AGGREGATES = "Make the aggregate a feature of its own, and use its name here.";
    private static final String CHOICES = "Write condition ? a : b.";
    private static final String MISSING = "Write is_missing(x).";
    private static final String FALLBACK = "Write coalesce(x, y).";
    private static final String CLOCKS =
            "An expression has no clock, so that a replay gives the same values; use the event's own time.";
    private static final String CHANCE = "An expression has no chance in it, so that a replay gives the same values.";
    private static final String SPANS = "Write days_between, hours_between or seconds_between.";

    private static final Map<String, String> FUNCTIONS = functions();

    private static final Map<String, String> NAMES = Map.of(
            "True", "Write true.",
            "TRUE", "Write true.",
            "False", "Write false.",
            "FALSE", "Write false.",
            "NULL", MISSING,
            "None", MISSING,
            "NaN", MISSING,
            "now", CLOCKS,
            "today", CLOCKS);

    private Refusals() {}

    /** The cure for a function that is known and refused; null when the name is not known at all. */
    static @Nullable String ofFunction(String name) {
        return FUNCTIONS.get(name);
    }

    /** The cure for a variable that other languages have; null when the name is not known at all. */
    static @Nullable String ofName(String name) {
        return NAMES.get(name);
    }

    private static Map<String, String> functions() {
        Map<String, String> cures = new HashMap<>();
        put(cures, LISTS, "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap");
        put(cures, NUMBERS, "int", "uint", "double", "float");
        put(cures, TEXTS, "string", "lowerAscii", "upperAscii", "lower", "upper", "trim", "replace", "split");
        put(cures, TEXTS, "substring", "concat", "join", "format", "charAt", "indexOf", "reverse");
        put(cures, "An expression has no bytes and no types.", "bytes", "dyn", "type", "bool");
        put(
                cures,
                AGGREGATES,
                "count",
                "sum",
                "avg",
                "mean",
                "variance",
                "stddev",
                "first",
                "last",
                "distinct",
                "rate");
        put(cures, CHOICES, "if", "iff", "ifelse", "case", "when");
        put(cures, "Write !is_missing(x).", "has");
        put(cures, MISSING, "isnull", "is_null", "isnan", "is_nan", "isNaN", "isMissing");
        put(cures, FALLBACK, "nvl", "ifnull", "if_null", "orValue", "optional");
        put(cures, CLOCKS, "now", "today", "current_timestamp");
        put(cures, CHANCE, "random", "rand", "uuid");
        put(cures, SPANS, "duration", "datediff", "getMilliseconds", "getSeconds");
        put(cures, "Write hour(time).", "getHours");
        put(cures, "Write minute(time).", "getMinutes");
        put(
                cures,
                "Write day_of_week(time), which is 1 on Monday and 7 on Sunday.",
                "getDayOfWeek",
                "weekday",
                "dayofweek");
        put(cures, "Write day_of_month(time), which is 1 on the first.", "getDate", "getDayOfMonth", "day");
        put(cures, "Write day_of_year(time), which is 1 on 1 January.", "getDayOfYear");
        put(cures, "Write month(time), which is 1 in January.", "getMonth");
        put(cures, "Write year(time).", "getFullYear");
        return Map.copyOf(cures);
    }

    private static void put(Map<String, String> cures, String cure, String... names) {
        List.of(names).forEach(name -> cures.put(name, cure));
    }
}
