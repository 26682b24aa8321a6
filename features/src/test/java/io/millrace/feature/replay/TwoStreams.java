/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Payments and reports on them; what a customer spent in an hour, and how many reports his terminal had. */
record TwoStreams(Order order, long allowedLatenessMillis) {

    static final int PAYMENTS = 0;
    static final int REPORTS = 1;
    static final long START = 1_700_000_000_000L;

    /** How far events may be out of order. */
    static final long DISORDER = 10_000;

    FeatureProgram program() {
        Problems problems = new Problems();
        FeatureProgram program =
                FeatureProgram.compile(spec(), List.of(layout("payments"), layout("reports")), problems);
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

    PipelineSpec spec() {
        List<FeatureSpec> all = List.of(
                new FeatureSpec.Value("twice", "amount * 2", null),
                aggregate("spent", AggregateFunction.SUM, "amount", "customer", null),
                aggregate("reports", AggregateFunction.COUNT, null, "terminal", "reports"));
        return new PipelineSpec(
                "payments",
                List.of(stream("payments"), stream("reports")),
                "payments",
                order,
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
                        null,
                        null,
                        SignatureSpec.OFF),
                null,
                null,
                List.of(),
                null,
                new OutputSpec("payments", Delivery.EXACTLY_ONCE, WireFormat.SINGLE_OBJECT, true, List.of()),
                new TopicSpec(1, 1, null),
                new RuntimeSpec(1, Duration.ofSeconds(1), RuntimeSpec.StateBackend.HASHMAP, null, Map.of()),
                Map.of());
    }

    private StreamSpec stream(String name) {
        EventTimeSpec time = new EventTimeSpec(
                "at",
                Duration.ofMillis(DISORDER),
                Duration.ofSeconds(30),
                Duration.ofMillis(allowedLatenessMillis),
                Duration.ofMinutes(5));
        return new StreamSpec(name, name, name + ".avsc", WireFormat.BINARY, null, time);
    }

    static Event event(int stream, long timeMillis, double amount, String terminal, @Nullable String customer) {
        return event(stream, 0, timeMillis, timeMillis, amount, terminal, customer);
    }

    static Event event(
            int stream,
            int partition,
            long offset,
            long timeMillis,
            double amount,
            String terminal,
            @Nullable String customer) {
        SourcePosition position = new SourcePosition(stream == PAYMENTS ? "payments" : "reports", partition, offset);
        RawRecord raw = new RawRecord(position, offset, null, null, new RawHeader[0]);
        @Nullable String[] texts = {terminal, customer};
        return new Event(stream, "e", timeMillis, new double[] {amount, timeMillis}, texts, raw, timeMillis);
    }
}
