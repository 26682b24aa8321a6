/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import io.millrace.pipeline.spec.PipelineSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The oracle: keeps every event, and computes each aggregate from all of them, slowly and exactly. */
final class NaiveFeatures {

    private final PipelineSpec spec;
    private final List<EventLayout> layouts;
    private final List<Event> seen = new ArrayList<>();
    private final Map<String, Expression> compiled = new HashMap<>();

    NaiveFeatures(PipelineSpec spec, List<EventLayout> layouts) {
        this.spec = spec;
        this.layouts = layouts;
    }

    void see(Event event) {
        seen.add(event);
    }

    double aggregate(FeatureSpec.Aggregate feature, Event now) {
        double value = aggregate(feature, values(feature, now));
        return Double.isNaN(value) && feature.missing() instanceof Missing.Replace replace ? replace.value() : value;
    }

    private double aggregate(FeatureSpec.Aggregate feature, List<Double> values) {
        int count = values.size();
        return switch (feature.function()) {
            case COUNT -> count;
            case SUM -> sum(values).doubleValue();
            case MEAN -> count == 0 ? Double.NaN : mean(values).doubleValue();
            case MIN -> values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
            case MAX -> values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
            case VARIANCE -> count < 2 ? Double.NaN : variance(values);
            case STDDEV -> count < 2 ? Double.NaN : Math.sqrt(variance(values));
            case LAST -> count == 0 ? Double.NaN : values.get(count - 1);
        };
    }

    private List<Double> values(FeatureSpec.Aggregate feature, Event now) {
        int stream = feature.from() == null ? Pipelines.PAYMENTS : Pipelines.REPORTS;
        List<Object> key = key(feature.by(), now);
        long end = now.eventTimeMillis() - feature.delay().toMillis();
        long start = end - feature.over().toMillis();
        List<Event> entries = new ArrayList<>();
        for (Event event : seen) {
            double time = time(feature, event, stream);
            if (event.stream() == stream && key.equals(key(feature.by(), event)) && time > start && time <= end) {
                entries.add(event);
            }
        }
        entries.sort(Comparator.comparingDouble(event -> time(feature, event, stream)));
        return entries.stream()
                .map(event -> contribution(feature, event, layouts.get(stream)))
                .filter(value -> !Double.isNaN(value))
                .toList();
    }

    private double time(FeatureSpec.Aggregate feature, Event event, int stream) {
        if (event.stream() != stream || feature.at() == null) {
            return event.eventTimeMillis();
        }
        return event.numbers()[
                Objects.requireNonNull(layouts.get(stream).field(feature.at())).slot()];
    }

    private double contribution(FeatureSpec.Aggregate feature, Event event, EventLayout layout) {
        Frame frame = new Frame();
        frame.numbers = event.numbers();
        frame.texts = event.texts();
        if (feature.where() != null && compiled(feature.where(), layout).truth(frame) != Expression.TRUE) {
            return Double.NaN;
        }
        return feature.operand() == null
                ? 1
                : compiled(feature.operand(), layout).number(frame);
    }

    private Expression compiled(String text, EventLayout layout) {
        return compiled.computeIfAbsent(
                layout.stream() + text,
                absent -> ExpressionCompiler.compile(text, new FeatureScope(layout, List.of())));
    }

    private List<Object> key(List<String> by, Event event) {
        List<Object> key = new ArrayList<>();
        for (String name : by) {
            Field field = Objects.requireNonNull(layouts.get(event.stream()).field(name));
            @Nullable
            Object part =
                    field.kind() == Kind.TEXT ? event.texts()[field.slot()] : (Object) event.numbers()[field.slot()];
            key.add(part == null ? "null" : part);
        }
        return key;
    }

    private static BigDecimal sum(List<Double> values) {
        return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal mean(List<Double> values) {
        return sum(values).divide(new BigDecimal(values.size()), MathContext.DECIMAL128);
    }

    private static double variance(List<Double> values) {
        BigDecimal mean = mean(values);
        BigDecimal squares = values.stream()
                .map(value -> new BigDecimal(value).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return squares.divide(new BigDecimal(values.size() - 1), MathContext.DECIMAL128)
                .doubleValue();
    }
}
