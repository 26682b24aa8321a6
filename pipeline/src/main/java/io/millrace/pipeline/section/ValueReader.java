/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Decimal;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.FairnessSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import io.millrace.pipeline.spec.ValueSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code monitor.value} and {@code monitor.fairness}: what decisions are worth, and to whom. */
final class ValueReader {

    private static final Key<String> TP = worth("tp", "decided positive, and right");
    private static final Key<String> FP = worth("fp", "decided positive, and wrong");
    private static final Key<String> FN = worth("fn", "decided negative, and wrong");
    private static final Key<String> TN = worth("tn", "decided negative, and right");
    private static final Key<ValueSpec.Capacity> CAPACITY = Key.optional(
            "capacity",
            Text.of(
                            "a rate such as 200/h",
                            "[1-9][0-9]{0,8}/(s|m|h|d)",
                            "Write it as 200/h; after the stroke s, m, h or d.")
                    .orLiteral()
                    .as(ValueReader::capacity),
            "any number",
            "how many events can be decided positive");
    private static final Key<List<Double>> BOUNDS = Key.optional(
            "bounds",
            new ListOf<>("a list of two numbers", new Decimal(), 1),
            "none",
            "the least and the most that one event is worth: what is beyond is clipped, and counted by a metric of the job");
    private static final Key<Integer> EXACT = Key.withDefault(
            "exact",
            new Whole(0, PerformanceSpec.MOST_EXACT),
            ValueSpec.DEFAULT_EXACT,
            "up to how many rows of a window every threshold is tried; of more, a hundred thresholds");

    static final Section<ValueSpec> VALUE = new Section<>(
            "a value ledger",
            "What the decisions of a window were worth, and what the best threshold would have been",
            List.of(TP, FP, FN, TN, CAPACITY, BOUNDS, EXACT),
            ValueReader::value);

    private static final Key<List<String>> BY = Key.required(
            "by",
            new ListOf<>("a list of fields", Names.FIELD, 1),
            "the fields whose values are compared with each other, each one of `monitor.segments`");
    private static final Key<Integer> MIN_ROWS = Key.withDefault(
            "min_rows",
            new Whole(1, Integer.MAX_VALUE),
            FairnessSpec.DEFAULT_MIN_ROWS,
            "a value with fewer rows, or for recall with fewer positives, is left out");

    static final Section<FairnessSpec> FAIRNESS = new Section<>(
            "a fairness monitor",
            "How much decisions differ between the values of a field",
            List.of(BY, MIN_ROWS),
            values -> new FairnessSpec(values.get(BY), values.get(MIN_ROWS)));

    private ValueReader() {}

    private static @Nullable ValueSpec value(Section.Values values) {
        List<Double> bounds = values.find(BOUNDS);
        if (bounds != null && (bounds.size() != 2 || !(bounds.get(0) < bounds.get(1)))) {
            values.reading()
                    .refuse(
                            values.node(BOUNDS),
                            "expected the least and the most, as in [-1000, 1000], found " + bounds + ".");
            return null;
        }
        return new ValueSpec(
                values.get(TP),
                values.get(FP),
                values.get(FN),
                values.get(TN),
                values.find(CAPACITY),
                bounds == null ? null : new ValueSpec.Bounds(bounds.get(0), bounds.get(1)),
                values.get(EXACT));
    }

    private static Key<String> worth(String name, String when) {
        return Key.withDefault(
                name,
                Text.of("an expression over the event's fields").orLiteral(),
                ValueSpec.NOTHING,
                "what an event is worth that was " + when);
    }

    private static ValueSpec.Capacity capacity(String text) {
        int stroke = text.indexOf('/');
        Duration per = switch (text.charAt(stroke + 1)) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        return new ValueSpec.Capacity(Long.parseLong(text.substring(0, stroke)), per);
    }
}
