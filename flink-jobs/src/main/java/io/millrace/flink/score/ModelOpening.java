/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.ModelException;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.ModelVersion;
import java.time.Duration;

/**
 * Opens a version of the model, and tries again with growing pauses for {@code model.wait}, since a store may lag
 * behind its alias. Events stay in Kafka meanwhile. After that the job fails with the reason.
 */
final class ModelOpening {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final InferencePlan plan;
    private final Listener listener;

    /** Hears that a version cannot be opened, once for each opening. */
    interface Listener {
        void unavailable(ModelVersion version, ModelException reason);
    }

    ModelOpening(InferencePlan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    ScoringProgram open(ModelVersion version) throws InterruptedException {
        long deadline = System.nanoTime() + plan.spec().model().waitUpTo().toNanos();
        Duration pause = FIRST_PAUSE;
        boolean told = false;
        while (true) {
            try {
                return plan.openModel(version);
            } catch (ModelException refused) {
                if (!told) {
                    told = true;
                    listener.unavailable(version, refused);
                }
                if (refused.code() != ModelException.Code.NOT_FOUND || System.nanoTime() + pause.toNanos() > deadline) {
                    throw refused;
                }
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }
}
