/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Scored;
import org.jspecify.annotations.Nullable;

/** A prediction that waits for its explanation. The worker writes the explanation, the task reads it when it is handed back. */
final class Pending {

    final Scored scored;
    final double[] inputs;
    final long deadlineNanos;
    final DepartureLines.Place place;

    private @Nullable Explanation explanation;
    private boolean left;

    /** @param inputs a copy, in the order of the pipeline's inputs */
    Pending(Scored scored, double[] inputs, long deadlineNanos, DepartureLines.Place place) {
        this.scored = scored;
        this.inputs = inputs;
        this.deadlineNanos = deadlineNanos;
        this.place = place;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    Prediction prediction() {
        return scored.prediction();
    }

    void explain(Explanation found) {
        explanation = found;
    }

    /** What the worker found; null while it has nothing. */
    @Nullable
    Explanation explanation() {
        return explanation;
    }

    /** Whether it has left already, without an explanation. */
    boolean hasLeft() {
        return left;
    }

    /** It leaves, with that explanation. */
    Scored leave(Explanation told) {
        left = true;
        return new Scored(scored.vector(), scored.prediction().with(told));
    }
}
