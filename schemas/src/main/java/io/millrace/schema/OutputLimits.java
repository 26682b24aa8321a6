/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import java.io.Serializable;

/**
 * The largest record that may go out, headers included: the least of what topic, broker and producer take.
 */
public record OutputLimits(int maxRecordBytes) implements Serializable {

    /** What Kafka's defaults take: {@code max.request.size} and {@code max.message.bytes} are 1 MiB, less an allowance. */
    public static final OutputLimits DEFAULT = of(1024 * 1024);

    /** A limit below this leaves no room for what a refusal must say: key, value and reasons, a kilobyte each. */
    public static final int LEAST_BYTES = 12 * 1024;

    private static final int ALLOWANCE_BYTES = 4096;

    /** The least that topic and producer must take. */
    public static final int LEAST_TAKEN_BYTES = LEAST_BYTES + ALLOWANCE_BYTES;

    /** Limits where the narrowest of topic and producer takes so many bytes, batch and framing included. */
    public static OutputLimits of(int bytes) {
        return new OutputLimits(bytes - ALLOWANCE_BYTES);
    }

    /** Whether a refusal, shrunk, always fits. */
    public boolean suffice() {
        return maxRecordBytes >= LEAST_BYTES;
    }

    public boolean allow(OutputRecord record) {
        return record.sizeBytes() <= maxRecordBytes;
    }
}
