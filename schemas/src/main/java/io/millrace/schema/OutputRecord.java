/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.RawHeader;
import org.jspecify.annotations.Nullable;

/** A record ready for Kafka. It has no timestamp: the broker's or the producer's own applies. */
public record OutputRecord(String topic, byte @Nullable [] key, byte @Nullable [] value, RawHeader[] headers) {

    /** A batch of one record: 61 bytes for the batch, and at most 36 for the record's own lengths, times and offsets. */
    private static final int RECORD_OVERHEAD_BYTES = 97;

    private static final int HEADER_OVERHEAD_BYTES = 10;

    /** An upper bound of what the record takes on the wire, headers included. */
    public int sizeBytes() {
        int size = RECORD_OVERHEAD_BYTES + length(key) + length(value);
        for (RawHeader header : headers) {
            size += HEADER_OVERHEAD_BYTES + 3 * header.name().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
