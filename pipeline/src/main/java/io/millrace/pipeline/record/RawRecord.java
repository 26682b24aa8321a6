/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * A Kafka record byte for byte, as a dead letter must give it back.
 *
 * @param timestampMillis the Kafka timestamp of the record, milliseconds since the epoch
 * @param headers in their order
 */
public record RawRecord(
        SourcePosition position,
        long timestampMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        RawHeader[] headers) {}
