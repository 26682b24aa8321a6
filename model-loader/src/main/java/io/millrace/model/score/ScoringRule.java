/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.expression.Scope;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on a score. Not thread-safe. */
@FunctionalInterface
public interface ScoringRule {

    /** What an expression that decides may name: {@code score}. */
    Scope SCOPE = new Scope() {
        @Override
        public @Nullable Variable find(String name) {
            return name.equals("score") ? new Variable(name, ExpressionType.NUMBER, Bank.FEATURES, 0) : null;
        }

        @Override
        public Collection<String> names() {
            return List.of("score");
        }
    };

    /** Whether a finite score is positive; null: the rule has no answer. */
    @Nullable
    Boolean decide(float score);

    /** Positive from the threshold on; a threshold of NaN never answers. */
    static ScoringRule from(double threshold) {
        return Double.isNaN(threshold) ? score -> null : score -> score >= threshold;
    }

    /** A truth compiled in {@link #SCOPE}; where it is missing there is no answer. */
    static ScoringRule when(Expression expression) {
        Frame frame = new Frame();
        frame.features = new double[1];
        return score -> {
            frame.features[0] = score;
            byte truth = expression.truth(frame);
            return truth == Expression.MISSING ? null : Boolean.valueOf(truth == Expression.TRUE);
        };
    }
}
