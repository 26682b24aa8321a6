/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

import io.millrace.pipeline.record.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a model in a running pipeline.
 *
 * @param commandId the command that led to it; null where none did
 * @param action what the command asked; null where there is none
 * @param version what it is about; null where it is about none
 * @param fenceMillis the event time from which it holds; null where nothing holds
 * @param reason why not, for a reader; empty where all went well
 */
public record ModelEvent(
        Kind kind,
        @Nullable String commandId,
        ModelCommand.@Nullable Action action,
        @Nullable ModelVersion version,
        @Nullable Long fenceMillis,
        String reason) {

    /** What happened. */
    public enum Kind {
        /** A change was proposed to all subtasks. */
        ANNOUNCED,
        /** A change holds from the fence on. */
        ACTIVE,
        /** A bundle was refused; nothing changed. */
        REJECTED,
        /** A fence was refused; nothing changed. */
        FENCE_REFUSED,
        /** A command made no sense; nothing changed. */
        NOT_POSSIBLE,
        /** A shadow failed on an event and is silent from then on. */
        SHADOW_FAILED,
        /** A record of the control topic is none that the job understands. */
        NOT_UNDERSTOOD,
        /**
         * A version that a starting job needs is not in the store, or not as it was. Nothing is scored by another: the
         * job waits for one that is missing, for {@code model.wait}, then fails and is started again.
         */
        UNAVAILABLE
    }
}
