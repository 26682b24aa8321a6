/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

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
import io.millrace.pipeline.spec.Missing;
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
import org.jspecify.annotations.Nullable;

/** Two streams of payments, and pipelines over them. */
final class Pipelines {

    static final int PAYMENTS = 0;
    static final int REPORTS = 1;

    /** Numbers: amount, terminal, paid_at. Texts: customer. */
    static final EventLayout PAYMENT_LAYOUT = new EventLayout(
            "payments",
            List.of(
                    new Field("amount", Kind.NUMBER, 0),
                    new Field("terminal", Kind.NUMBER, 1),
                    new Field("paid_at", Kind.TIME, 2),
                    new Field("customer", Kind.TEXT, 0)));

    /** Numbers: fraud, terminal, paid_at, reported_at. */
    static final EventLayout REPORT_LAYOUT = new EventLayout(
            "reports",
            List.of(
                    new Field("fraud", Kind.NUMBER, 0),
                    new Field("terminal", Kind.NUMBER, 1),
                    new Field("paid_at", Kind.TIME, 2),
                    new Field("reported_at", Kind.TIME, 3)));

    static final List<EventLayout> LAYOUTS = List.of(PAYMENT_LAYOUT, REPORT_LAYOUT);

    private Pipelines() {}

    static PipelineSpec of(Order order, FeatureSpec... features) {
        List<FeatureSpec> all = List.of(features);
        return new PipelineSpec(
                "payments",
                List.of(stream("payments", "paid_at"), stream("reports", "reported_at")),
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

    private static StreamSpec stream(String name, String timeField) {
        return new StreamSpec(
                name,
                name,
                name + ".avsc",
                WireFormat.BINARY,
                null,
                new EventTimeSpec(
                        timeField,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofMinutes(5)));
    }

    static FeatureSpec.Value value(String name, String expression, @Nullable Missing missing) {
        return new FeatureSpec.Value(name, expression, missing);
    }

    static FeatureSpec.Aggregate aggregate(
            String name,
            AggregateFunction function,
            @Nullable String operand,
            String by,
            Duration over,
            Duration delay) {
        return new FeatureSpec.Aggregate(name, function, operand, List.of(by), over, delay, null, null, null, null);
    }

    static Event payment(long offset, long timeMillis, double amount, double terminal, @Nullable String customer) {
        return event(PAYMENTS, offset, timeMillis, new double[] {amount, terminal, timeMillis}, customer);
    }

    static Event report(long offset, long timeMillis, double terminal, double paidAtMillis) {
        return event(REPORTS, offset, timeMillis, new double[] {1, terminal, paidAtMillis, timeMillis}, null);
    }

    private static Event event(int stream, long offset, long timeMillis, double[] numbers, @Nullable String customer) {
        @Nullable String[] texts = stream == PAYMENTS ? new @Nullable String[] {customer} : new @Nullable String[0];
        RawRecord raw = new RawRecord(new SourcePosition("t", 0, offset), timeMillis, null, null, new RawHeader[0]);
        return new Event(stream, "e" + offset, timeMillis, numbers, texts, raw, timeMillis);
    }
}
