/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * What has to be remembered of a prediction until its truth is known.
 *
 * @param key by which labels name the event
 * @param score NaN where there is no single score
 * @param segments {@code field}, {@code value}, in turn
 * @param worth what a true positive, a false positive, a false negative and a true negative of this event are worth, in this
 *     order, NaN where that is missing; empty where nobody asks
 */
public record PendingOutcome(
        String key,
        long eventTimeMillis,
        ModelVersion model,
        float score,
        @Nullable Boolean decision,
        String[] segments,
        double[] worth) {

    /** Nobody asks what it is worth. */
    public static final double[] NO_WORTH = {};
}
