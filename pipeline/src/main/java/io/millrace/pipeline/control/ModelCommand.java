/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

import io.millrace.pipeline.record.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of the running job. A request: it takes effect when every subtask has agreed.
 *
 * @param id unique among all commands
 * @param version what it is about; null for {@code ROLLBACK} and {@code STOP}
 * @param fenceMillis the event time from which it shall hold; null: the job picks one that no subtask has reached
 * @param share of the events that a canary gets, above 0 and at most 1; 0 for other actions
 * @param model the name of the model whose change it is; null: the pipeline's own
 */
public record ModelCommand(
        String id,
        Action action,
        @Nullable ModelVersion version,
        @Nullable Long fenceMillis,
        double share,
        @Nullable String model)
        implements ControlEntry {

    /** A command about the model of its version; one without a version is about the pipeline's own. */
    public ModelCommand(
            String id, Action action, @Nullable ModelVersion version, @Nullable Long fenceMillis, double share) {
        this(id, action, version, fenceMillis, share, version == null ? null : version.name());
    }

    /** What is asked. */
    public enum Action {
        /** The version becomes champion, and rollouts of it end. */
        PROMOTE,
        /** The champion before the present one becomes champion again. */
        ROLLBACK,
        /** The version scores beside the champion; its predictions go to a topic of their own. */
        SHADOW,
        /** The version scores a share of the events in the champion's place. */
        CANARY,
        /** Canary and shadow end. */
        STOP
    }
}
