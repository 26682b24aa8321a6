/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers the aggregates of one group: each distinct operand and condition becomes a column of its block. */
final class GroupCompiler {

    private final String canonical;
    private final int stream;
    private final int timeSlot;
    private final FeatureScope scope;
    private final FeatureResolver resolver;
    private final long slackMillis;
    private final Map<String, Integer> columnOf = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<AggregateProgram> aggregates = new ArrayList<>();
    private long reachMillis;

    GroupCompiler(
            String canonical,
            int stream,
            int timeSlot,
            PipelineSpec spec,
            EventLayout layout,
            FeatureResolver resolver) {
        this.canonical = canonical;
        this.stream = stream;
        this.timeSlot = timeSlot;
        this.scope = new FeatureScope(layout, List.of());
        this.resolver = resolver;
        this.slackMillis = slackMillis(spec);
    }

    int stream() {
        return stream;
    }

    void add(int slot, FeatureSpec.Aggregate aggregate, double whenMissing) {
        int column = column(aggregate);
        reachMillis = Math.max(
                reachMillis, aggregate.over().toMillis() + aggregate.delay().toMillis());
        aggregates.add(new AggregateProgram(
                slot,
                aggregate.function(),
                column,
                aggregate.over().toMillis(),
                aggregate.delay().toMillis(),
                whenMissing,
                aggregate.newer(),
                aggregate.missing() != null));
    }

    Group build() {
        return new Group(
                StableId.of(canonical),
                stream,
                timeSlot,
                columns.toArray(new Column[0]),
                aggregates.toArray(new AggregateProgram[0]),
                reachMillis + slackMillis);
    }

    private int column(FeatureSpec.Aggregate aggregate) {
        String operandText = Objects.requireNonNullElse(aggregate.operand(), "").strip();
        String whereText = Objects.requireNonNullElse(aggregate.where(), "").strip();
        if (operandText.isEmpty() && whereText.isEmpty()) {
            return AggregateProgram.EVERY_ENTRY;
        }
        String key = operandText + " where " + whereText;
        Integer known = columnOf.get(key);
        if (known != null) {
            return known;
        }
        Expression operand = operandText.isEmpty()
                ? null
                : resolver.typed(
                        FeatureResolver.path(
                                aggregate, aggregate.function().name().toLowerCase(java.util.Locale.ROOT)),
                        operandText,
                        scope,
                        ExpressionType.NUMBER,
                        "what is aggregated");
        Expression where = whereText.isEmpty()
                ? null
                : resolver.typed(
                        FeatureResolver.path(aggregate, "where"),
                        whereText,
                        scope,
                        ExpressionType.BOOLEAN,
                        "a condition");
        columns.add(new Column(StableId.of(key), operand, where));
        columnOf.put(key, columns.size() - 1);
        return columns.size() - 1;
    }

    /**
     * How far behind the greatest time an event of the scored stream may still come: late events that are folded, and,
     * where events are taken as they come, the disorder that the stream allows.
     */
    private static long slackMillis(PipelineSpec spec) {
        EventTimeSpec time = Objects.requireNonNull(spec.stream(spec.score())).eventTime();
        long slack = time.allowedLateness().toMillis();
        return spec.order() == Order.ARRIVAL ? slack + time.maxOutOfOrder().toMillis() : slack;
    }
}
