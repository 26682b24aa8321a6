/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which model scores, and how.
 *
 * @param use an alias or an exact version in the store
 * @param store where bundles live: {@code file:models}, relative to the pipeline file, or any other absolute URI
 * @param waitUpTo how long a start waits for the alias to resolve
 * @param maxBatch the most rows in one batch
 * @param maxBatchWait the most that batching may add to an event's latency
 * @param positiveWhen the expression over the score that decides; null: the bundle's own threshold
 * @param fenceTimeout how long events may be held for the decision on a change of models
 * @param canaryBy the field whose value chooses the arm of a canary; null: the event's id
 * @param top how many items of a ranking model travel with a prediction; null: {@link #DEFAULT_TOP}
 * @param by what chooses among several models; null: one model scores everything
 * @param signature who must have signed the bundles
 */
public record ModelSpec(
        String name,
        String use,
        String store,
        Duration waitUpTo,
        int maxBatch,
        Duration maxBatchWait,
        @Nullable String positiveWhen,
        Duration fenceTimeout,
        @Nullable String canaryBy,
        @Nullable Integer top,
        @Nullable ModelChoiceSpec by,
        SignatureSpec signature)
        implements Serializable {

    public static final String DEFAULT_USE = "champion";
    public static final String DEFAULT_STORE = "file:models";
    public static final Duration DEFAULT_WAIT = Duration.ofMinutes(5);
    public static final int DEFAULT_MAX_BATCH = 256;
    public static final Duration DEFAULT_MAX_BATCH_WAIT = Duration.ofMillis(2);
    public static final Duration DEFAULT_FENCE_TIMEOUT = Duration.ofSeconds(30);
    public static final int DEFAULT_TOP = 10;

    public int topOrDefault() {
        return top == null ? DEFAULT_TOP : top;
    }
}
