/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final long SEED = Long.getLong("millrace.seed", 16);
    private static final long T = 1_600_000_000_000L;
    private static final int STEPS = 4;
    private static final Duration OVER = Duration.ofSeconds(30);

    /** Against all values of the window in a list: the latest ones, oldest first, padded in front. */
    @Test
    void isTheLatestValuesOldestFirstPaddedInFront() {
        PipelineSpec spec =
                Pipelines.of(Order.ARRIVAL, sequence("recent", "amount").toArray(FeatureSpec[]::new));
        FeatureProgram program =
                Objects.requireNonNull(FeatureProgram.compile(spec, Pipelines.LAYOUTS, new Problems()));
        assertThat(program.features()).isEqualTo(STEPS);
        HopProgram hop = program.hops().get(0);
        KeyState state = hop.newState();
        Random random = new Random(SEED);
        List<long[]> times = new ArrayList<>();
        List<Double> amounts = new ArrayList<>();
        long time = T;
        for (int i = 0; i < 400; i++) {
            time += random.nextInt(20_000);
            double amount = random.nextInt(4) == 0 ? Double.NaN : random.nextInt(100);
            times.add(new long[] {time});
            amounts.add(amount);
            Event event = Pipelines.payment(i, time, amount, 1, "a");
            double[] values = new double[STEPS];
            hop.compute(event, values, state);
            assertThat(values).as("event %d, seed %d", i, SEED).containsExactly(expected(times, amounts, time));
        }
    }

    private static double[] expected(List<long[]> times, List<Double> amounts, long now) {
        List<Double> inside = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            if (times.get(i)[0] > now - OVER.toMillis() && !amounts.get(i).isNaN()) {
                inside.add(amounts.get(i));
            }
        }
        double[] latest = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            int from = inside.size() - STEPS + step;
            latest[step] = from < 0 ? Double.NaN : inside.get(from);
        }
        return latest;
    }

    @Test
    void itsLengthIsPartOfWhatComputesTheInputs() {
        String four = digest(sequence("recent", "amount"));
        assertThat(digest(sequence("recent", "amount"))).isEqualTo(four);
        assertThat(digest(sequence("recent", "amount * 2"))).isNotEqualTo(four);
        assertThat(digest(new FeatureSpec.Aggregate(
                                "recent",
                                AggregateFunction.LAST,
                                "amount",
                                List.of("customer"),
                                OVER,
                                Duration.ZERO,
                                null,
                                null,
                                null,
                                null,
                                5,
                                0)
                        .unrolled()))
                .isNotEqualTo(four);
    }

    @Test
    void aProblemOfTheWholeIsSaidOnceAtTheNameThatWasWritten() {
        Problems problems = new Problems();
        FeatureProgram.compile(
                Pipelines.of(Order.ARRIVAL, sequence("recent", "amuont").toArray(FeatureSpec[]::new)),
                Pipelines.LAYOUTS,
                problems);
        assertThat(problems.asList()).hasSize(1);
        assertThat(problems.asList().get(0).path()).isEqualTo("features.recent.last");
    }

    private static String digest(List<FeatureSpec> features) {
        return FeatureDigest.of(Pipelines.of(Order.ARRIVAL, features.toArray(FeatureSpec[]::new)), Pipelines.LAYOUTS);
    }

    private static List<FeatureSpec> sequence(String name, String operand) {
        return new FeatureSpec.Aggregate(
                        name,
                        AggregateFunction.LAST,
                        operand,
                        List.of("customer"),
                        OVER,
                        Duration.ZERO,
                        null,
                        null,
                        null,
                        null,
                        STEPS,
                        0)
                .unrolled();
    }
}
