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
    public static final OutputLimits DEFAULT = new OutputLimits(1024 * 1024 - 4096);

    public boolean allow(OutputRecord record) {
        return record.sizeBytes() <= maxRecordBytes;
    }
}
