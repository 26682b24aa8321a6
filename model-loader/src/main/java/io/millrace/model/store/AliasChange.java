/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One change of an alias.
 *
 * @param from the version it pointed at; null where it was new
 * @param at when, as the caller told; null where nobody told
 */
public record AliasChange(
        String alias,
        @Nullable String from,
        String to,
        Cause cause,
        @Nullable Instant at) {

    /** Whether the alias pointed there already, so that nothing was written. */
    public boolean isNone() {
        return to.equals(from);
    }

    /** What was asked for. */
    public enum Cause {
        /** The alias was set, and nothing asked. */
        SET,
        PROMOTE,
        ROLLBACK;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
