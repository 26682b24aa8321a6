/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decisions are worth: an expression over the fields of the scored event for each outcome.
 *
 * @param truePositive decided positive, and right
 * @param falsePositive decided positive, and wrong
 * @param falseNegative decided negative, and wrong
 * @param trueNegative decided negative, and right
 * @param capacity how many events can be decided positive; null for any number
 * @param bounds what is worth less or more is taken for them; null for none
 * @param exact up to how many rows of a window every threshold is tried
 */
public record ValueSpec(
        String truePositive,
        String falsePositive,
        String falseNegative,
        String trueNegative,
        @Nullable Capacity capacity,
        @Nullable Bounds bounds,
        int exact)
        implements Serializable {

    public static final String NOTHING = "0";
    public static final int DEFAULT_EXACT = 10_000;

    /** In the order of {@code PendingOutcome.worth}. */
    public List<String> expressions() {
        return List.of(truePositive, falsePositive, falseNegative, trueNegative);
    }

    /** The least and the most that one event may be worth. */
    public record Bounds(double least, double greatest) implements Serializable {}

    /** So many events in so much time. */
    public record Capacity(long events, Duration per) implements Serializable {

        /** How many in a window of this length, rounded down. */
        public long within(Duration window) {
            return (long) ((double) events * window.toMillis() / per.toMillis());
        }
    }
}
