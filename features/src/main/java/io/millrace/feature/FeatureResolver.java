/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.ExpressionException;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Scope;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks names up: streams, fields, expressions. What it cannot find becomes a problem and a null. */
final class FeatureResolver {

    private static final int UNKNOWN = -1;

    private final List<EventLayout> layouts;
    private final Problems problems;
    private final List<String> streams;
    private final int scored;

    FeatureResolver(PipelineSpec spec, List<EventLayout> layouts, Problems problems) {
        this.layouts = layouts;
        this.problems = problems;
        this.streams = spec.streams().stream().map(StreamSpec::name).toList();
        this.scored = streams.indexOf(spec.score());
    }

    int scored() {
        return scored;
    }

    /** The index of the stream that an aggregate's entries come from, or -1. */
    int stream(FeatureSpec.Aggregate aggregate) {
        if (aggregate.from() == null) {
            return scored;
        }
        int stream = streams.indexOf(aggregate.from());
        if (stream == UNKNOWN) {
            problems.add(
                    path(aggregate, "from"),
                    "there is no stream '" + aggregate.from() + "'." + Problems.suggest(aggregate.from(), streams));
        }
        return stream;
    }

    /** Whether every key field exists in a stream. */
    boolean checkKey(FeatureSpec.Aggregate aggregate, int stream) {
        boolean found = true;
        for (String field : aggregate.by()) {
            found &= field(path(aggregate, "by"), field, stream) != null;
        }
        return found;
    }

    @Nullable
    Field field(String path, String name, int stream) {
        EventLayout layout = layouts.get(stream);
        Field field = layout.field(name);
        if (field == null) {
            List<String> known = layout.fields().stream().map(Field::name).toList();
            problems.add(
                    path,
                    "stream '" + layout.stream() + "' has no field '" + name + "'." + Problems.suggest(name, known));
        }
        return field;
    }

    /** The numeric slot of the field that places an aggregate's entries, -1 for the event time, null with a problem. */
    @Nullable
    Integer timeSlot(FeatureSpec.Aggregate aggregate, int stream) {
        String at = aggregate.at();
        if (at == null) {
            return UNKNOWN;
        }
        Field field = field(path(aggregate, "at"), at, stream);
        if (field == null) {
            return null;
        }
        if (field.kind() != Kind.TIME) {
            problems.add(
                    path(aggregate, "at"),
                    "field '" + at + "' is a " + field.kind().name().toLowerCase(Locale.ROOT)
                            + ", not a time. Give it the logical type timestamp-millis in its schema, or name another field.");
            return null;
        }
        return field.slot();
    }

    /** An expression of a wanted type, or null with a problem. */
    @Nullable
    Expression typed(String path, String text, Scope scope, ExpressionType wanted, String role) {
        Expression expression = expression(path, text, scope);
        if (expression == null || fits(expression.type(), wanted)) {
            return expression;
        }
        problems.add(
                path,
                role + " is a " + wanted.name().toLowerCase(Locale.ROOT) + ", but '" + text + "' is a "
                        + expression.type().name().toLowerCase(Locale.ROOT) + ". Compare it, or name another field.");
        return null;
    }

    private static boolean fits(ExpressionType found, ExpressionType wanted) {
        return found == wanted || (found == ExpressionType.BOOLEAN && wanted == ExpressionType.NUMBER);
    }

    /** An expression, or null with one problem per fault. */
    @Nullable
    Expression expression(String path, String text, Scope scope) {
        try {
            return ExpressionCompiler.compile(text, scope);
        } catch (ExpressionException faulty) {
            faulty.faults().forEach(fault -> problems.add(path, "in '" + text + "' at " + fault));
            return null;
        }
    }

    static String path(FeatureSpec feature, String key) {
        return "features." + feature.writtenName() + '.' + key;
    }
}
