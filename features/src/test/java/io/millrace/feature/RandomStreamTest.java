/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import static io.millrace.feature.Pipelines.aggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.PipelineSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random streams: the program agrees with the oracle, however its state was treated on the way. */
class RandomStreamTest {

    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration DELAY = Duration.ofSeconds(30);

    private static final PipelineSpec SPEC = Pipelines.of(
            Order.EVENT_TIME,
            aggregate("count", AggregateFunction.COUNT, null, "customer", SHORT, Duration.ZERO),
            aggregate("sum", AggregateFunction.SUM, "amount", "customer", LONG, Duration.ZERO),
            aggregate("mean", AggregateFunction.MEAN, "amount", "customer", LONG, DELAY),
            aggregate("min", AggregateFunction.MIN, "amount * 2", "customer", SHORT, Duration.ZERO),
            aggregate("max", AggregateFunction.MAX, "amount", "customer", LONG, DELAY),
            aggregate("variance", AggregateFunction.VARIANCE, "amount", "customer", LONG, Duration.ZERO),
            aggregate("stddev", AggregateFunction.STDDEV, "amount", "terminal", LONG, Duration.ZERO),
            aggregate("last", AggregateFunction.LAST, "amount", "terminal", LONG, DELAY),
            new FeatureSpec.Aggregate(
                    "large",
                    AggregateFunction.COUNT,
                    null,
                    List.of("customer"),
                    LONG,
                    Duration.ZERO,
                    null,
                    null,
                    "amount > 50",
                    new Missing.Replace(0)),
            new FeatureSpec.Aggregate(
                    "frauds",
                    AggregateFunction.SUM,
                    "fraud",
                    List.of("terminal"),
                    LONG,
                    DELAY,
                    "reports",
                    "paid_at",
                    null,
                    null),
            new FeatureSpec.Aggregate(
                    "both",
                    AggregateFunction.MEAN,
                    "amount",
                    List.of("customer", "terminal"),
                    LONG,
                    Duration.ZERO,
                    null,
                    null,
                    null,
                    new Missing.Replace(-1)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void agreesWithTheOracle(long seed) {
        List<Event> events = events(seed);
        assertAgreement(events, new Run(SPEC), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void agreesWhenTheStateGoesThroughItsBytesAfterEveryEvent(long seed) {
        assertAgreement(
                events(seed),
                new Run(SPEC) {
                    @Override
                    KeyState treat(HopProgram hop, KeyState state, Event event) {
                        return read(bytes(state));
                    }
                },
                seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35})
    void agreesWhenTheStateIsEvictedAfterEveryEvent(long seed) {
        assertAgreement(
                events(seed),
                new Run(SPEC) {
                    @Override
                    KeyState treat(HopProgram hop, KeyState state, Event event) {
                        return hop.evict(state, event.eventTimeMillis()) ? hop.newState() : state.copy();
                    }
                },
                seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void sameStreamGivesTheSameBytes(long seed) {
        Run one = new Run(SPEC);
        Run other = new Run(SPEC);
        for (Event event : events(seed)) {
            one.process(event);
            other.process(event);
        }
        assertThat(one.allBytes()).as("seed %d", seed).isEqualTo(other.allBytes());
    }

    private static void assertAgreement(List<Event> events, Run run, long seed) {
        NaiveFeatures oracle = new NaiveFeatures(SPEC, Pipelines.LAYOUTS);
        for (Event event : events) {
            oracle.see(event);
            double[] values = run.process(event);
            for (int slot = 0; slot < values.length && event.stream() == Pipelines.PAYMENTS; slot++) {
                FeatureSpec.Aggregate feature =
                        (FeatureSpec.Aggregate) SPEC.features().get(slot);
                double expected = oracle.aggregate(feature, event);
                String where = "seed " + seed + ", " + event.id() + ", " + feature.name();
                if (Double.isNaN(expected)) {
                    assertThat(values[slot]).as(where).isNaN();
                } else {
                    assertThat(values[slot]).as(where).isCloseTo(expected, within(tolerance(feature, expected)));
                }
            }
        }
    }

    /** Counts, extremes and last values are exact; a compensated sum of such short runs is within an ulp or two. */
    private static double tolerance(FeatureSpec.Aggregate feature, double expected) {
        return switch (feature.function()) {
            case COUNT, MIN, MAX, LAST -> 0;
            case SUM, MEAN -> 2 * Math.ulp(expected);
            case VARIANCE, STDDEV -> 1e-12 * Math.max(1, Math.abs(expected));
        };
    }

    /** Ordered by time, ties included; keys are few, amounts sometimes missing; reports come 30 s after their payment. */
    private static List<Event> events(long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        long time = 1_600_000_000_000L;
        for (int i = 0; i < 300; i++) {
            time += random.nextInt(4) == 0 ? 0 : random.nextInt(6_000);
            double amount = random.nextInt(12) == 0 ? Double.NaN : Math.round(random.nextGaussian() * 4_000) / 100.0;
            int terminal = random.nextInt(3);
            events.add(Pipelines.payment(i, time, amount, terminal, "c" + random.nextInt(4)));
            if (random.nextInt(5) == 0) {
                events.add(Pipelines.report(1_000 + i, time + DELAY.toMillis(), terminal, time));
            }
        }
        events.sort(Comparator.comparingLong(Event::eventTimeMillis)
                .thenComparing(Event::stream, Comparator.reverseOrder()));
        return events;
    }

    /** A program with its keyed state, as the hallway would keep it. */
    private static class Run {
        final FeatureProgram program;
        final List<Map<String, KeyState>> states = new ArrayList<>();

        Run(PipelineSpec spec) {
            Problems problems = new Problems();
            FeatureProgram compiled = FeatureProgram.compile(spec, Pipelines.LAYOUTS, problems);
            assertThat(problems.asList()).isEmpty();
            this.program = Objects.requireNonNull(compiled);
            program.hops().forEach(hop -> states.add(new HashMap<>()));
        }

        KeyState treat(HopProgram hop, KeyState state, Event event) {
            return state;
        }

        double[] process(Event event) {
            double[] values = new double[program.features()];
            Arrays.fill(values, Double.NaN);
            for (int i = 0; i < states.size(); i++) {
                HopProgram hop = program.hops().get(i);
                if (Arrays.stream(hop.streams()).anyMatch(stream -> stream == event.stream())) {
                    enter(hop, states.get(i), event, values);
                }
            }
            program.finish(event, values);
            return values;
        }

        private void enter(HopProgram hop, Map<String, KeyState> byKey, Event event, double[] values) {
            String key = Objects.requireNonNull(hop.key(event));
            KeyState state = byKey.computeIfAbsent(key, absent -> hop.newState());
            if (event.stream() == Pipelines.PAYMENTS) {
                hop.compute(event, values, state);
            } else {
                hop.fold(event, state);
            }
            byKey.put(key, treat(hop, state, event));
        }

        List<String> allBytes() {
            List<String> bytes = new ArrayList<>();
            states.forEach(byKey -> byKey.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> bytes.add(HexFormat.of().formatHex(bytes(entry.getValue())))));
            return bytes;
        }
    }

    private static byte[] bytes(KeyState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStateCodec.write(state, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static KeyState read(byte[] bytes) {
        try {
            return KeyStateCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
