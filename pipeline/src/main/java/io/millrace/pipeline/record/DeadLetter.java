/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, and why.
 *
 * @param stage the step that refused it: {@code source}, {@code feature}, {@code score} or {@code sink}
 * @param field the field or feature at fault; null when it is the whole record
 * @param schemaId the Confluent schema id, when the value carried one
 * @param atMillis the wall clock when it was refused
 */
public record DeadLetter(
        RawRecord raw,
        Reason reason,
        String stage,
        @Nullable String field,
        String message,
        @Nullable Integer schemaId,
        long atMillis)
        implements Refusal {

    /** Why a record could not be used. Closed: consumers may switch on it. */
    public enum Reason {
        AVRO_DECODE,
        UNKNOWN_SCHEMA,
        SCHEMA_INCOMPATIBLE,
        NULL_VALUE,
        NULL_KEY,
        MISSING_FIELD,
        TYPE,
        NON_FINITE,
        TIMESTAMP_RANGE,
        TOO_LARGE,
        EXPRESSION,
        MODEL_ERROR
    }
}
