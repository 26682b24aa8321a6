/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * An event, decoded once into primitive slots.
 *
 * @param stream the index of its stream in the pipeline file's order
 * @param id its identity: the id field, header {@code ce_id}, or topic-partition-offset
 * @param eventTimeMillis milliseconds since the epoch
 * @param numbers the numeric slots of the stream's {@link EventLayout}; NaN is missing
 * @param texts the text slots of the layout; null is missing
 * @param ingestedAtMillis the wall clock when the source read it
 */
public record Event(
        int stream,
        String id,
        long eventTimeMillis,
        double[] numbers,
        @Nullable String[] texts,
        RawRecord raw,
        long ingestedAtMillis) {}
