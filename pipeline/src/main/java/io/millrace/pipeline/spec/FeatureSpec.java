/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One feature of the vector: what computes it and what stands in for it when it is missing. */
public sealed interface FeatureSpec extends Serializable {

    String name();

    /** The name in the file: a step of a sequence, {@code recent[3]}, is part of what is written as {@code recent}. */
    default String writtenName() {
        int bracket = name().indexOf('[');
        return bracket < 0 ? name() : name().substring(0, bracket);
    }

    /** What stands in for a missing value; null when the file does not say, which means the training mean. */
    @Nullable
    Missing missing();

    /** A feature computed from the event's own fields and from other features by an expression. */
    record Value(String name, String expression, @Nullable Missing missing) implements FeatureSpec {}

    /**
     * An aggregate over the entries in {@code (t - delay - over, t - delay]} that share the event's key.
     *
     * @param operand the expression to aggregate, over the fields of the stream; null for {@code count}
     * @param by the fields that make the key, at least one
     * @param from the stream that the entries come from; null: the scored stream itself
     * @param at the time field that places an entry; null: the stream's event time
     * @param where an expression that an entry must satisfy; null: every entry counts
     * @param steps how many values the sequence has that this is, or is a step of; 0: it is one value of its own
     * @param newer how many newer values a step of a sequence passes over
     */
    record Aggregate(
            String name,
            AggregateFunction function,
            @Nullable String operand,
            List<String> by,
            Duration over,
            Duration delay,
            @Nullable String from,
            @Nullable String at,
            @Nullable String where,
            @Nullable Missing missing,
            int steps,
            int newer)
            implements FeatureSpec {

        public Aggregate {
            by = List.copyOf(by);
        }

        /** One value. */
        public Aggregate(
                String name,
                AggregateFunction function,
                @Nullable String operand,
                List<String> by,
                Duration over,
                Duration delay,
                @Nullable String from,
                @Nullable String at,
                @Nullable String where,
                @Nullable Missing missing) {
            this(name, function, operand, by, over, delay, from, at, where, missing, 0, 0);
        }

        /** The steps of a sequence, oldest first: where there are fewer values than steps, those in front are missing. */
        public List<FeatureSpec> unrolled() {
            List<FeatureSpec> unrolled = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                unrolled.add(new Aggregate(
                        name + '[' + step + ']',
                        function,
                        operand,
                        by,
                        over,
                        delay,
                        from,
                        at,
                        where,
                        missing,
                        steps,
                        steps - 1 - step));
            }
            return unrolled;
        }

        /** The same aggregate over the scored stream itself. */
        public Aggregate fromScoredStream() {
            return new Aggregate(name, function, operand, by, over, delay, null, at, where, missing, steps, newer);
        }
    }
}
