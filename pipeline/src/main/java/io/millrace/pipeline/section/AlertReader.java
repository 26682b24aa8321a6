/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.ValueType;
import io.millrace.pipeline.grammar.scalar.Decimal;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.AlertSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code alerts}: when somebody is told. */
final class AlertReader {

    private static final Key<String> WHEN = Key.required(
            "when",
            Text.of("a condition such as psi > 0.2"),
            "a condition over signals: `psi > 0.2`, `missing(amount) >= 1%`, `roc_auc < 0.9`, `psi is alarm`");
    private static final Key<Integer> FOR = Key.optional(
            "for",
            Text.of("a number of windows", "[1-9][0-9]{0,3} windows?", "Write it as 3 windows.")
                    .as(text -> Integer.parseInt(text.substring(0, text.indexOf(' ')))),
            AlertSpec.DEFAULT_WINDOWS + " windows",
            "how many windows in a row must fulfil it before the alert opens, and be clear of it before it closes");
    private static final Key<Integer> MIN_ROWS = Key.withDefault(
            "min_rows",
            new Whole(0, Integer.MAX_VALUE),
            AlertSpec.DEFAULT_MIN_ROWS,
            "a window of fewer rows does not count");
    private static final Key<Double> HYSTERESIS = Key.withDefault(
            "hysteresis",
            new Decimal(),
            AlertSpec.DEFAULT_HYSTERESIS,
            "how far a value must come back before the alert closes, as a share of the level, below 1");
    private static final Key<Duration> COOL_DOWN = Key.withDefault(
            "cool_down",
            TimeSpan.ANY,
            Duration.ZERO,
            "how long after its closing no alert of the same subject opens, event time");

    static final ValueType<List<AlertSpec>> ALERTS = new ListOf<>(
            "a list of alerts",
            new Section<>(
                    "an alert",
                    "When somebody is told: alerts are opened and closed on the topic `.alerts`",
                    List.of(WHEN, FOR, MIN_ROWS, HYSTERESIS, COOL_DOWN),
                    AlertReader::alert),
            1);

    private AlertReader() {}

    private static @Nullable AlertSpec alert(Section.Values values) {
        double hysteresis = values.get(HYSTERESIS);
        if (!(hysteresis >= 0 && hysteresis < 1)) {
            values.reading()
                    .refuse(
                            values.node(HYSTERESIS),
                            "expected a share from 0 to below 1, found " + hysteresis + ". A tenth is 0.1.");
            return null;
        }
        Integer windows = values.find(FOR);
        return new AlertSpec(
                values.get(WHEN),
                windows == null ? AlertSpec.DEFAULT_WINDOWS : windows,
                values.get(MIN_ROWS),
                hysteresis,
                values.get(COOL_DOWN));
    }
}
