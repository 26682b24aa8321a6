/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Vote;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param command what was asked
 * @param preparation the last proposal; null when it came to none
 * @param refusal the vote that refused it; null when it was carried out, or refused without a vote
 * @param reason why it was refused, for a reader; empty when it was carried out
 */
public record Decision(
        ModelCommand command,
        @Nullable Preparation preparation,
        @Nullable Vote refusal,
        Outcome outcome,
        String reason) {

    /** The kinds of ends. */
    public enum Outcome {
        /** Holds from the fence on. */
        ACTIVE,
        /** A bundle was refused. */
        REJECTED,
        /** The fence lies in the past of a subtask or of another fence, or events were held for too long. */
        FENCE_REFUSED,
        /** The command makes no sense: another model, nothing to roll back to. */
        NOT_POSSIBLE
    }
}
