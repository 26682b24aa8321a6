/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.feature.FeatureProgram;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.ModelSpec;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.RuntimeSpec;
import io.millrace.pipeline.spec.SignatureSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.TopicSpec;
import io.millrace.pipeline.spec.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureReplayTest {

    private static final int PAYMENTS = 0;
    private static final int REPORTS = 1;
    private static final long START = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000L;

    /** Two streams, two keys: what a customer spent in an hour, and how many reports his terminal had. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void vectorsAreThoseOfAllEventsSoFar(long seed) {
        Random random = new Random(seed);
        FeatureReplay replay = new FeatureReplay(program(), PAYMENTS);
        List<Event> seen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Event event = event(
                    random.nextInt(4) == 0 ? REPORTS : PAYMENTS,
                    START + i * 60_000L,
                    random.nextInt(500),
                    "t" + random.nextInt(5),
                    random.nextInt(20) == 0 ? null : "c" + random.nextInt(9));
            seen.add(event);

            double[] vector = replay.process(event);

            assertThat(vector).as("seed %d, event %d", seed, i).containsExactly(expected(seen, event));
        }
    }

    @Test
    void eventOfAnotherStreamHasNoVector() {
        assertThat(new FeatureReplay(program(), PAYMENTS).process(event(REPORTS, START, 5, "t", null)))
                .containsExactly(Double.NaN, Double.NaN, Double.NaN);
    }

    private static double[] expected(List<Event> seen, Event now) {
        if (now.stream() == REPORTS) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        double spent = 0;
        double reports = 0;
        for (Event event : seen) {
            boolean recent = event.eventTimeMillis() > now.eventTimeMillis() - HOUR;
            if (recent && event.stream() == PAYMENTS && Objects.equals(event.texts()[1], now.texts()[1])) {
                spent += event.numbers()[0];
            }
            if (recent && event.stream() == REPORTS && Objects.equals(event.texts()[0], now.texts()[0])) {
                reports++;
            }
        }
        boolean noCustomer = now.texts()[1] == null;
        return new double[] {now.numbers()[0] * 2, noCustomer ? Double.NaN : spent, reports};
    }

    private static FeatureProgram program() {
        Problems problems = new Problems();
        FeatureProgram program = FeatureProgram.compile(
                spec(
                        new FeatureSpec.Value("twice", "amount * 2", null),
                        aggregate("spent", AggregateFunction.SUM, "amount", "customer", null),
                        aggregate("reports", AggregateFunction.COUNT, null, "terminal", "reports")),
                List.of(layout("payments"), layout("reports")),
                problems);
        assertThat(problems.asList()).isEmpty();
        return Objects.requireNonNull(program);
    }

    private static FeatureSpec aggregate(
            String name, AggregateFunction function, @Nullable String operand, String by, @Nullable String from) {
        return new FeatureSpec.Aggregate(
                name, function, operand, List.of(by), Duration.ofHours(1), Duration.ZERO, from, null, null, null);
    }

    private static EventLayout layout(String stream) {
        return new EventLayout(
                stream,
                List.of(
                        new Field("amount", Kind.NUMBER, 0),
                        new Field("at", Kind.TIME, 1),
                        new Field("terminal", Kind.TEXT, 0),
                        new Field("customer", Kind.TEXT, 1)));
    }

    private static PipelineSpec spec(FeatureSpec... features) {
        List<FeatureSpec> all = List.of(features);
        return new PipelineSpec(
                "payments",
                List.of(stream("payments"), stream("reports")),
                "payments",
                Order.ARRIVAL,
                all,
                all.stream().map(FeatureSpec::name).toList(),
                new ModelSpec(
                        "m",
                        "champion",
                        "file:models",
                        Duration.ofMinutes(5),
                        1,
                        Duration.ZERO,
                        null,
                        Duration.ofSeconds(30),
                        null,
                        SignatureSpec.OFF),
                null,
                new OutputSpec("payments", Delivery.EXACTLY_ONCE, WireFormat.SINGLE_OBJECT, true, List.of()),
                new TopicSpec(1, 1, null),
                new RuntimeSpec(1, Duration.ofSeconds(1), RuntimeSpec.StateBackend.HASHMAP, null, Map.of()),
                Map.of());
    }

    private static StreamSpec stream(String name) {
        EventTimeSpec time = new EventTimeSpec(
                "at", Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5));
        return new StreamSpec(name, name, name + ".avsc", WireFormat.BINARY, null, time);
    }

    private static Event event(int stream, long timeMillis, double amount, String terminal, @Nullable String customer) {
        RawRecord raw = new RawRecord(new SourcePosition("t", 0, timeMillis), timeMillis, null, null, new RawHeader[0]);
        @Nullable String[] texts = {terminal, customer};
        return new Event(stream, "e", timeMillis, new double[] {amount, timeMillis}, texts, raw, timeMillis);
    }
}
