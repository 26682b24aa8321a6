/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import java.time.Instant;

/**
 * How a version may become what an alias points at.
 *
 * @param at when this was asked, for the history
 * @param downgrade whether it may be older than the version in force
 * @param unverified whether its golden cases may come from its own network
 */
public record Promotion(Instant at, boolean downgrade, boolean unverified) {

    /** Only forwards, and only what somebody else has verified. */
    public static Promotion at(Instant time) {
        return new Promotion(time, false, false);
    }

    public Promotion withDowngrade() {
        return new Promotion(at, true, unverified);
    }

    public Promotion withUnverified() {
        return new Promotion(at, downgrade, true);
    }
}
