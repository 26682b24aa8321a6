/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelRuntime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our closures against cel-java: random expressions over random frames agree bit for bit, in value or in missing. */
class ExpressionOracleTest {

    private static final int EXPRESSIONS = 240;
    private static final List<ExpressionType> TYPES = List.of(ExpressionType.values());
    private static final int FRAMES = 12;
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 2.5, -7.25, 1e308, -1e308, 4.9e-324, 0.1, 100, 3};
    private static final String[] TEXTS = {"", "web", "app", "été", "\uD83D\uDE00x", "\uE000", "it's", "w1"};
    private static final long EARLIEST = Instant.parse("0001-01-02T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("9999-12-30T00:00:00Z").toEpochMilli();

    private final SlotScope scope = new SlotScope()
            .numbers("amount", "fee", "device.score")
            .features("mean_7d")
            .booleans("fraud", "known")
            .times("tx_time", "customers.opened_at")
            .texts("channel", "device.os");
    private final CelOracle oracle = new CelOracle(scope);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithCelJava(long seed) {
        Random random = new Random(seed);
        ExpressionGenerator generator = new ExpressionGenerator(random, scope);
        for (int i = 0; i < EXPRESSIONS; i++) {
            ExpressionType type = TYPES.get(i % TYPES.size());
            String text = generator.expression(type, 1 + i * 3 / EXPRESSIONS);
            Expression ours = ExpressionCompiler.compile(text, scope);
            CelRuntime.Program theirs = oracle.program(text);
            assertThat(ours.type()).isEqualTo(type);
            for (int j = 0; j < FRAMES; j++) {
                Frame frame = frame(random);
                assertThat(value(ours, frame))
                        .as("seed %d, expression %d: %s%nover %s", seed, i, text, describe(frame))
                        .isEqualTo(oracle.value(theirs, frame));
            }
        }
    }

    private static @Nullable Object value(Expression expression, Frame frame) {
        double number = expression.number(frame);
        byte truth = expression.truth(frame);
        return switch (expression.type()) {
            case NUMBER -> Double.isNaN(number) ? null : number;
            case BOOLEAN -> truth == Expression.MISSING ? null : truth == Expression.TRUE;
            case TEXT -> expression.text(frame);
            case TIME -> Double.isNaN(number) ? null : Instant.ofEpochMilli((long) number);
        };
    }

    private Frame frame(Random random) {
        Frame frame = scope.frame();
        for (Scope.Variable variable : scope.variables()) {
            if (random.nextInt(5) > 0) {
                set(frame, variable, random);
            }
        }
        return frame;
    }

    private void set(Frame frame, Scope.Variable variable, Random random) {
        switch (variable.type()) {
            case NUMBER -> scope.set(frame, variable.name(), number(random));
            case BOOLEAN -> scope.set(frame, variable.name(), random.nextInt(2));
            case TIME -> scope.set(frame, variable.name(), time(random));
            case TEXT -> scope.set(frame, variable.name(), TEXTS[random.nextInt(TEXTS.length)]);
        }
    }

    private static double number(Random random) {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian() * 1e3;
    }

    private static double time(Random random) {
        return random.nextBoolean()
                ? EARLIEST + (long) (random.nextDouble() * (LATEST - EARLIEST))
                : 1_700_000_000_000L + random.nextInt();
    }

    private static String describe(Frame frame) {
        return List.of(Arrays.toString(frame.numbers), Arrays.toString(frame.features), Arrays.toString(frame.texts))
                .toString();
    }
}
