/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.feature.FeatureScope;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.ValueSpec;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** What each outcome of an event would be worth, by the pipeline's expressions. For one thread. */
final class DecisionWorth {

    private final Expression[] expressions;
    private final Frame frame = new Frame();
    private final ValueSpec.@Nullable Bounds bounds;
    private final Counter clipped;

    /** @param clipped counts worths that were beyond their bounds */
    DecisionWorth(InferencePlan plan, Counter clipped) {
        this.clipped = clipped;
        MonitorSpec monitor = plan.spec().monitor();
        ValueSpec value = monitor == null ? null : monitor.value();
        this.bounds = value == null ? null : value.bounds();
        List<String> texts = value == null ? List.of() : value.expressions();
        List<String> features =
                plan.spec().features().stream().map(FeatureSpec::name).toList();
        FeatureScope scope = new FeatureScope(plan.layouts().get(plan.scored()), features);
        expressions = texts.stream()
                .map(text -> ExpressionCompiler.compile(text, scope))
                .toArray(Expression[]::new);
    }

    /** In the order of {@link PendingOutcome#worth}; NaN where a field is missing. */
    double[] of(FeatureVector vector) {
        if (expressions.length == 0) {
            return PendingOutcome.NO_WORTH;
        }
        Event event = vector.event();
        frame.numbers = event.numbers();
        frame.texts = event.texts();
        frame.features = vector.values();
        double[] worth = new double[expressions.length];
        for (int i = 0; i < worth.length; i++) {
            worth[i] = bounded(expressions[i].number(frame));
        }
        return worth;
    }

    private double bounded(double worth) {
        if (bounds == null || !(worth < bounds.least() || worth > bounds.greatest())) {
            return worth;
        }
        clipped.inc();
        return worth < bounds.least() ? bounds.least() : bounds.greatest();
    }
}
