/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads when an expression is wrong: place, what was found, cure. */
class ExpressionMessageTest {

    private final SlotScope scope = new SlotScope()
            .numbers("amount", "fee")
            .booleans("fraud")
            .times("tx_time", "customers.opened_at")
            .texts("channel", "device.os");

    private void assertRefused(String text, String message) {
        assertThatExceptionOfType(ExpressionException.class)
                .as(text)
                .isThrownBy(() -> ExpressionCompiler.compile(text, scope))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', textBlock = """
                    amuont / fee             → 1:1: nothing is called 'amuont' here. Did you mean 'amount'?
                    amount + device.oss      → 1:10: nothing is called 'device.oss' here. Did you mean 'device.os'?
                    amount / quotient        → 1:10: nothing is called 'quotient' here. Known here: amount, channel, customers.opened_at, device.os, fee, fraud, tx_time.
                    abs(amount).part         → 1:1: a calculated value has no field 'part'.
                    fraud == True            → 1:10: nothing is called 'True' here. Write true.
                    tx_time > now            → 1:11: nothing is called 'now' here. An expression has no clock, so that a replay gives the same values; use the event's own time.
                    hour >= 6                → 1:1: 'hour' is a function. Write hour(time) or hour(time, "zone").
                    flor(amount)             → 1:1: no function is called 'flor'. Did you mean 'floor'?
                    channel.begins("w")      → 1:1: no function is called 'begins'.
                    math.abs(amount)         → 1:1: 'abs' is written abs(x).
                    contains(channel, "web") → 1:1: 'contains' is written text.contains(part).
                    1 + max(amount)          → 1:5: 'max' is written max(x, y), found 1 argument.
                    hour()                   → 1:1: 'hour' is written hour(time) or hour(time, "zone"), found 0 arguments.
                    """)
    void namesThatAreNotKnown(String text, String message) {
        assertRefused(text, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', textBlock = """
                    hour(amount) > 6          → 1:6: argument 1 of 'hour' is NUMBER, not TIME. Give the field the logical type timestamp-millis in its schema.
                    hour("2026-01-31")        → 1:6: argument 1 of 'hour' is TEXT, not TIME. Write timestamp("2026-01-31T00:00:00Z").
                    sqrt(tx_time)             → 1:6: argument 1 of 'sqrt' is TIME, not NUMBER. Take a part of it, such as hour(time), or a span, such as days_between(from, to).
                    amount.contains("web")    → 1:1: what stands before '.contains' is NUMBER, not TEXT. Numbers cannot be made into texts.
                    channel.contains(5)       → 1:18: argument 1 of 'contains' is NUMBER, not TEXT. A text is written in quotes.
                    coalesce(amount, channel) → 1:18: argument 2 of 'coalesce' is TEXT, not NUMBER. Both must be of one type.
                    channel + "x"             → 1:1: the left side of '+' is TEXT, not NUMBER. Texts cannot be joined in an expression.
                    amount + fraud            → 1:10: the right side of '+' is BOOLEAN, not NUMBER. Write condition ? 1 : 0 to make a number of it.
                    tx_time - tx_time         → 1:1: the left side of '-' is TIME, not NUMBER. Take a part of it, such as hour(time), or a span, such as days_between(from, to).
                    -channel                  → 1:2: the operand of '-' is TEXT, not NUMBER. Texts can be compared, and measured by size(text).
                    amount == "5"             → 1:11: the right side of '==' is TEXT, not NUMBER. A number is written without quotes.
                    channel == 5              → 1:12: the right side of '==' is NUMBER, not TEXT. A text is written in quotes.
                    channel < amount          → 1:11: the right side of '<' is NUMBER, not TEXT. Both must be of one type.
                    tx_time < "2026-01-31"    → 1:11: the right side of '<' is TEXT, not TIME. Write timestamp("2026-01-31T00:00:00Z").
                    1 < amount < 3            → 1:1: the left side of '<' is BOOLEAN, not NUMBER, TIME or TEXT. Conditions have no order: join them with &&.
                    amount && fraud           → 1:1: the left side of '&&' is NUMBER, not BOOLEAN. Write a comparison, such as x != 0.
                    fraud || channel          → 1:10: the right side of '||' is TEXT, not BOOLEAN. Write a comparison, such as text == "web".
                    !tx_time                  → 1:2: the operand of '!' is TIME, not BOOLEAN. Write a comparison of two moments.
                    amount ? 1 : 2            → 1:1: the condition of '?:' is NUMBER, not BOOLEAN. Write a comparison, such as x != 0.
                    fraud ? amount : channel  → 1:18: the second branch of '?:' is TEXT, not NUMBER. Both must be of one type.
                    """)
    void typesThatDoNotFit(String text, String message) {
        assertRefused(text, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', textBlock = """
                    hour(tx_time, "Europe/Berln")   → 1:15: no time zone is called 'Europe/Berln'. Did you mean 'Europe/Berlin'?
                    hour(tx_time, channel)          → 1:15: argument 2 of 'hour' must be the name of a time zone in quotes, such as "Europe/Berlin".
                    hour(tx_time, 1)                → 1:15: argument 2 of 'hour' must be the name of a time zone in quotes, such as "Europe/Berlin".
                    tx_time > timestamp("2026")     → 1:21: '2026' is not a moment. Write date, time and zone: "2026-01-31T00:00:00Z".
                    timestamp("+999999-01-01T00:00:00Z") > tx_time → 1:11: '+999999-01-01T00:00:00Z' is more than 100 million days from 1970.
                    channel.matches(channel)        → 1:17: argument 1 of 'matches' must be a regular expression in quotes, such as "^[A-Z]{2}".
                    channel.matches("[a")           → 1:17: the pattern '[a' cannot be read: missing closing ]. Patterns are written in the syntax of RE2.
                    channel.matches("((a{999}){9}){9}") → 1:17: the pattern '((a{999}){9}){9}' repeats too much. Its repetitions {n} may make 10000 steps.
                    amount in []                    → 1:11: the list is empty.
                    amount in 5                     → 1:11: 'in' looks a value up in a list of literals, such as ["web", "app"].
                    amount in [1, "2", fee]         → 1:15: element 2 of the list is TEXT, not NUMBER. 1:20: element 3 of the list is not a literal. Compare with == and ||.
                    fraud in [true]                 → 1:1: the left side of 'in' is BOOLEAN, not NUMBER or TEXT.
                    9007199254740993 + 1            → 1:1: 9007199254740993 is not exact as a double, which is what every number here is. Carry such an identity as a text.
                    9223372036854775808 + 1         → 1:1: 9223372036854775808 is too great for a whole number. Write 9223372036854775808.0 instead.
                    1e400                           → 1:1: this number is too great for a double.
                    5u                              → 1:1: numbers have no suffix. Write 5.
                    """)
    void literalsThatDoNotFit(String text, String message) {
        assertRefused(text, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', textBlock = """
                    [1, 2]                      → 1:1: a list may stand only after 'in'.
                    {"a": 1}                    → 1:1: maps are not part of expressions. Choose by condition ? a : b.
                    Point{x: 1}                 → 1:1: records cannot be made in an expression.
                    b"ab"                       → 1:1: bytes are not part of expressions. Write a text without b.
                    channel[0]                  → 1:1: elements of lists and maps cannot be read by [ ].
                    amount == null              → 1:11: 'null' is not part of expressions. Write is_missing(x).
                    device.?os                  → 1:7: '.?' is not part of expressions. Write is_missing(x) or coalesce(x, y).
                    device.`os`                 → 1:8: '`' is not part of expressions. Names need no quotes.
                    [1].exists(x, x > 1)        → 1:1: 'exists' is not part of expressions. An expression has no lists; look at many events by an aggregate feature with a 'where'.
                    [1].map(x, x)               → 1:1: 'map' is not part of expressions. An expression has no lists; look at many events by an aggregate feature with a 'where'.
                    has(device.os)              → 1:1: 'has' is not part of expressions. Write !is_missing(x).
                    sum(amount)                 → 1:1: 'sum' is not part of expressions. Make the aggregate a feature of its own, and use its name here.
                    int(amount)                 → 1:1: 'int' is not part of expressions. Every number is a double already; make it whole by floor, ceil or round.
                    tx_time.getDayOfWeek()      → 1:1: 'getDayOfWeek' is not part of expressions. Write day_of_week(time), which is 1 on Monday and 7 on Sunday.
                    """)
    void partsOfCelThatAreLeftOut(String text, String message) {
        assertRefused(text, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', textBlock = """
                    ^^                     → 1:1: the expression is empty. Write the name of a field, or a calculation.
                    amount +               → 1:9: the expression ends where a value should follow.
                    (amount                → 1:8: the expression ends before it is closed by ')'.
                    amount in [1, 2        → 1:16: the expression ends before it is closed by ']'.
                    fraud ? 1              → 1:10: the expression ends before its second branch. Write condition ? a : b.
                    amount + )             → 1:10: found ')' where a value should stand.
                    amount fee             → 1:8: found 'fee' where an operator or the end should stand.
                    amount = 3             → 1:8: '=' is not part of expressions. Write == to compare.
                    amount <> 3            → 1:8: '<>' is not part of expressions. Write != to compare.
                    fraud and true         → 1:7: 'and' is not part of expressions. Write && for 'and'.
                    not fraud              → 1:1: 'not' is not part of expressions. Write ! for 'not'.
                    amount ** 2            → 1:8: '**' is not part of expressions. Write pow(base, exponent).
                    if (fraud) 1 else 2    → 1:1: 'if' is not part of expressions. Write condition ? a : b.
                    channel == 'web        → 1:12: the text that starts here cannot be read. Close it with ', and write \\\\ for a backslash.
                    channel == 'it's'      → 1:16: the text ends before 's'. Write \\' for a quote inside a text.
                    package > 1            → 1:1: 'package' is a reserved word. Rename the field in the schema, with the old name as its alias.
                    prix_é > 1             → 1:6: 'é' cannot be read. Names are made of a to z, digits and _.
                    amount; fee            → 1:7: ';' cannot be read.
                    """)
    void textsThatAreNoExpressions(String text, String message) {
        assertRefused(text, message);
    }
}
