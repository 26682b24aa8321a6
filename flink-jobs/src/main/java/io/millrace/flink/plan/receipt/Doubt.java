/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

import io.millrace.feature.replay.Recollection.Gap;
import org.jspecify.annotations.Nullable;

/**
 * Why features that were computed anew may differ without anybody being wrong.
 *
 * @param gap records that are gone; null: none
 * @param undecided late events that the job may or may not have folded in before
 * @param arrival whether events were taken in an order that nobody has written down
 */
public record Doubt(@Nullable Gap gap, long undecided, boolean arrival) {

    /** Whether nothing is doubtful. */
    boolean none() {
        return gap == null && undecided == 0 && !arrival;
    }

    Outcome outcome() {
        return gap == null ? Outcome.NOT_PROMISED : Outcome.SOURCE_GONE;
    }

    String words() {
        if (gap != null) {
            return "Its windows reach back to events that are gone: " + gap.topic() + "-" + gap.partition()
                    + " begins at offset " + gap.firstOffset()
                    + ". Keep the topic's records for longer than the windows reach (retention.ms).";
        }
        if (undecided > 0) {
            return "Of late events under allowed_lateness, " + undecided
                    + " may have been folded in before or after, as the watermark stood; nobody has written that down.";
        }
        return "Under order: arrival the features kept by a key depend on the order in which events of different"
                + " partitions and topics arrived; nobody has written that down, and Kafka's timestamps were taken for"
                + " it. Use order: event_time where predictions must be reproduced.";
    }
}
