/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.expression.ExpressionException.Fault;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where faults are, how many are told at once, and what is too long or too deep to be told anything else. */
class ExpressionFaultTest {

    private static final String TOO_DEEP =
            "the expression is nested more than 100 deep. Give its inner parts features of their own.";
    private static final int SMALL_STACK = 512 * 1024;

    private static final List<String> TOKENS = List.of(
            "amount",
            "fraud",
            "hour",
            "abs",
            "size",
            "timestamp",
            "x",
            "1",
            "-2.5",
            "1e400",
            "99999999999999999999",
            "5u",
            "'web'",
            "\"",
            "'",
            "\\",
            "r'",
            "b'a'",
            "\"\"\"",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "==",
            "=",
            "!",
            "!=",
            "<",
            ">=",
            "&&",
            "&",
            "||",
            "?",
            ":",
            ",",
            ".",
            ".?",
            "in",
            "if",
            "null",
            "true",
            "has",
            "all",
            "`",
            "#",
            "\n",
            "\t",
            "\u00e9",
            "\uD83D\uDE00",
            "\uD83D",
            "\u0000",
            "@",
            "$",
            ";");

    private final SlotScope scope = new SlotScope().numbers("amount").booleans("fraud");

    private ExpressionException refusal(String text) {
        return catchThrowableOfType(ExpressionException.class, () -> ExpressionCompiler.compile(text, scope));
    }

    @Test
    void everyFaultIsToldInTheOrderOfTheText() {
        ExpressionException refusal = refusal("abs(fraud) +\n  flor(amuont) * 5u");
        assertThat(refusal.faults())
                .containsExactly(
                        new Fault(
                                1,
                                5,
                                "argument 1 of 'abs' is BOOLEAN, not NUMBER."
                                        + " Write condition ? 1 : 0 to make a number of it."),
                        new Fault(2, 3, "no function is called 'flor'. Did you mean 'floor'?"),
                        new Fault(2, 18, "numbers have no suffix. Write 5."));
        assertThat(refusal)
                .hasMessage("1:5: argument 1 of 'abs' is BOOLEAN, not NUMBER."
                        + " Write condition ? 1 : 0 to make a number of it."
                        + " 2:3: no function is called 'flor'. Did you mean 'floor'?"
                        + " 2:18: numbers have no suffix. Write 5.");
    }

    @Test
    void columnsCountCharactersAndNotUnits() {
        assertThat(refusal("\"\uD83D\uDE00\" == amuont").faults())
                .containsExactly(new Fault(1, 8, "nothing is called 'amuont' here. Did you mean 'amount'?"));
    }

    @Test
    void aLongExpressionIsRefused() {
        assertThat(refusal("1" + " + 1".repeat(2_500)))
                .hasMessage("1:1: the expression is 10001 characters long, and may have 10000."
                        + " Split it into several features.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (        | amount | )
                    1 +      | amount |
                    1 - (    | amount | )
                    -        | amount |
                    !        | fraud  |
                    fraud?1: | amount |
                    abs(     | amount | )
                    [        | amount | ]
                    {1:      | amount | }
                    P{x:     | amount | }
                    amount[  | 1      | ]
                    x.       | y      |
                    1 <      | amount |
                    (        | amount |
                    """)
    void aDeepExpressionIsRefusedWithoutOverflowingTheStack(String before, String middle, String after)
            throws InterruptedException {
        String text = before.repeat(900) + middle + (after == null ? "" : after.repeat(900));
        ExpressionException[] refusal = new ExpressionException[1];
        Throwable[] uncaught = new Throwable[1];
        Thread thread = new Thread(null, () -> refusal[0] = refusal(text), "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((own, error) -> uncaught[0] = error);
        thread.start();
        thread.join();
        assertThat(uncaught[0]).isNull();
        assertThat(refusal[0].faults()).extracting(Fault::message).containsExactly(TOO_DEEP);
    }

    @Test
    void longChainsOfConditionsAreNotDeep() {
        Expression expression = ExpressionCompiler.compile("fraud" + " && fraud".repeat(1_000), scope);
        Frame frame = scope.frame();
        assertThat(expression.truth(frame)).isEqualTo(Expression.MISSING);
        scope.set(frame, "fraud", 1);
        assertThat(expression.truth(frame)).isEqualTo(Expression.TRUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsWrittenIsAnExpressionOrIsRefused(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String text = random.ints(1 + random.nextInt(12), 0, TOKENS.size())
                    .mapToObj(TOKENS::get)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            try {
                ExpressionCompiler.compile(text, scope);
            } catch (ExpressionException refusal) {
                assertThat(refusal.faults()).as("seed %d: %s", seed, text).isNotEmpty();
            } catch (RuntimeException | StackOverflowError uncaught) {
                throw new AssertionError("seed " + seed + ": " + text, uncaught);
            }
        }
    }
}
