/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions yield, by examples. */
class ExpressionCompilerTest {

    private final SlotScope scope = new SlotScope()
            .numbers("amount", "zero", "gone")
            .features("mean_7d")
            .booleans("fraud", "unsure")
            .times("tx_time", "customers.opened_at", "never")
            .texts("channel", "device.os", "nothing");
    private final Frame frame = scope.frame();

    /** {@code gone}, {@code unsure}, {@code never} and {@code nothing} stay missing. */
    @BeforeEach
    void fillFrame() {
        scope.set(frame, "amount", 12.5);
        scope.set(frame, "zero", 0);
        scope.set(frame, "mean_7d", 5);
        scope.set(frame, "fraud", 1);
        scope.set(frame, "tx_time", Instant.parse("2026-03-28T23:30:15.250Z"));
        scope.set(frame, "customers.opened_at", Instant.parse("2026-03-27T11:30:15Z"));
        scope.set(frame, "channel", "web");
        scope.set(frame, "device.os", "Android 16");
    }

    private Expression compile(String text) {
        return ExpressionCompiler.compile(text, scope);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    amount - 5                               | 7.5
                    amount / mean_7d                         | 2.5
                    1 + 2 * 3 - 4 / 8                        | 6.5
                    (1 + 2) * 3                              | 9
                    -amount % 5                              | -2.5
                    --amount                                 | 12.5
                    0x10 + 1e2 + .5                          | 116.5
                    fraud ? 1 : 0                            | 1
                    amount > 10 ? mean_7d : gone             | 5
                    abs(-2) + sign(-3) + floor(2.7)          | 3
                    ceil(2.1) * round(2.5)                   | 9
                    round(-2.5)                              | -3
                    round(0.49999999999999994)               | 0
                    sqrt(16) + pow(2, 10)                    | 1028
                    log(exp(0)) + log10(1000) + log1p(0)     | 3
                    min(3, amount) + max(3, amount)          | 15.5
                    clamp(amount, 0, 10) + clamp(-1, 0, 10)  | 10
                    coalesce(gone, 7) + coalesce(amount, 7)  | 19.5
                    size(channel) + device.os.size()         | 13
                    hour(tx_time)                            | 23
                    hour(tx_time, "Europe/Berlin")           | 0
                    day_of_week(tx_time)                     | 6
                    day_of_week(tx_time, "Europe/Berlin")    | 7
                    minute(tx_time) + month(tx_time)         | 33
                    day_of_month(tx_time) + year(tx_time)    | 2054
                    day_of_year(tx_time)                     | 87
                    days_between(customers.opened_at, tx_time) | 1.5000028935185186
                    hours_between(tx_time, customers.opened_at) | -36.00006944444444
                    seconds_between(customers.opened_at, tx_time) | 129600.25
                    """)
    void numbers(String text, double value) {
        Expression expression = compile(text);
        assertThat(expression.type()).isEqualTo(ExpressionType.NUMBER);
        assertThat(expression.number(frame)).isEqualTo(value);
        assertThat(expression.truth(frame)).isEqualTo(Expression.MISSING);
        assertThat(expression.text(frame)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "gone",
        "gone + 1",
        "-gone",
        "amount / zero",
        "zero / zero",
        "amount % zero",
        "1e308 * 10",
        "1e308 * 10 - 1e308 * 10",
        "1 / (1 / zero)",
        "sqrt(-1)",
        "log(zero)",
        "log1p(-1)",
        "exp(1000)",
        "'pow(gone, 0)'",
        "'min(amount, gone)'",
        "'clamp(amount, 2, 1)'",
        "'clamp(amount, gone, 1)'",
        "unsure ? 1 : 1",
        "fraud ? gone : 1",
        "'coalesce(gone, gone)'",
        "size(nothing)",
        "hour(never)",
        "'days_between(never, tx_time)'"
    })
    void missingNumbers(String text) {
        long bits = Double.doubleToRawLongBits(compile(text).number(frame));
        assertThat(bits).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
                    day_of_week(tx_time) >= 6                  → 1
                    amount == 12.5 && amount != 12             → 1
                    amount < 12.5 || amount > 12.5             → 0
                    amount <= 12.5 && amount >= 12.5           → 1
                    zero == -0.0 && -0.0 in [0]                → 1
                    amount in [1, 12.5, -3]                    → 1
                    amount in [1, 2]                           → 0
                    channel in ["app", "web"]                  → 1
                    !(channel in ["app"])                      → 1
                    channel == "web" && channel != "Web"       → 1
                    channel < "xeb" && "app" <= channel        → 1
                    channel > "web" || channel >= "weba"       → 0
                    channel.startsWith("w")                    → 1
                    channel.endsWith("w")                      → 0
                    device.os.contains("droid")                → 1
                    device.os.matches("[0-9]+$")               → 1
                    device.os.matches("^[0-9]+$")              → 0
                    tx_time > customers.opened_at              → 1
                    tx_time == timestamp("2026-03-29T00:30:15.25+01:00") → 1
                    fraud == true                              → 1
                    fraud != (amount > 5)                      → 0
                    is_missing(gone) && is_missing(amount / 0) → 1
                    is_missing(amount) || is_missing(channel)  → 0
                    is_missing(nothing) && is_missing(never)   → 1
                    is_missing(unsure) && !is_missing(fraud)   → 1
                    coalesce(unsure, false)                    → 0
                    coalesce(nothing, "web") == channel        → 1
                    coalesce(never, tx_time) == tx_time        → 1
                    (fraud ? channel : nothing) == "web"       → 1
                    (fraud ? tx_time : never) == tx_time       → 1
                    fraud ? amount > 1 : unsure                → 1
                    gone > 1                                   → -1
                    gone == gone                               → -1
                    gone != 1                                  → -1
                    gone in [1]                                → -1
                    nothing in ["web"]                         → -1
                    nothing == "web"                           → -1
                    nothing.matches("web")                     → -1
                    channel.contains(nothing)                  → -1
                    never < tx_time                            → -1
                    unsure == unsure                           → -1
                    !unsure                                    → -1
                    unsure ? true : true                       → -1
                    """)
    void truths(String text, byte truth) {
        Expression expression = compile(text);
        assertThat(expression.type()).isEqualTo(ExpressionType.BOOLEAN);
        assertThat(expression.truth(frame)).isEqualTo(truth);
        assertThat(expression.number(frame))
                .isEqualTo(truth == Expression.MISSING ? Double.valueOf(Double.NaN) : Double.valueOf(truth));
        assertThat(expression.text(frame)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 1, 1",
        "true, false, 0, 1",
        "true, unsure, -1, 1",
        "false, true, 0, 1",
        "false, false, 0, 0",
        "false, unsure, 0, -1",
        "unsure, true, -1, 1",
        "unsure, false, 0, -1",
        "unsure, unsure, -1, -1"
    })
    void oneSideMayDecideAlone(String left, String right, byte and, byte or) {
        assertThat(compile(left + " && " + right).truth(frame)).isEqualTo(and);
        assertThat(compile(left + " || " + right).truth(frame)).isEqualTo(or);
    }

    @Test
    void textsAndMomentsAreResultsToo() {
        Expression text = compile("coalesce(nothing, device.os)");
        assertThat(text.type()).isEqualTo(ExpressionType.TEXT);
        assertThat(text.text(frame)).isEqualTo("Android 16");
        assertThat(text.number(frame)).isNaN();
        assertThat(text.truth(frame)).isEqualTo(Expression.MISSING);

        Expression moment = compile("timestamp('1970-01-01T00:00:01Z')");
        assertThat(moment.type()).isEqualTo(ExpressionType.TIME);
        assertThat(moment.number(frame)).isEqualTo(1_000);
        assertThat(moment.truth(frame)).isEqualTo(Expression.MISSING);
    }

    @Test
    void aValueThatIsNotFiniteIsMissing() {
        scope.set(frame, "amount", Double.POSITIVE_INFINITY);
        assertThat(compile("amount").number(frame)).isNaN();
        assertThat(compile("amount > 5").truth(frame)).isEqualTo(Expression.MISSING);
    }

    @Test
    void variablesAreListedOnceInTheOrderOfTheText() {
        Expression expression = compile("customers.opened_at < tx_time && amount > mean_7d && amount > 1");
        assertThat(expression.variables())
                .extracting(Scope.Variable::name)
                .containsExactly("customers.opened_at", "tx_time", "amount", "mean_7d");
    }

    @Test
    void commentsAndLinesAreAllowed() {
        assertThat(compile("amount // in euros\n  * 2").number(frame)).isEqualTo(25);
    }
}
