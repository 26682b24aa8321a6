/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Kafka records as the records that flow. */
public final class RawRecords {

    private static final RawHeader[] NO_HEADERS = {};

    private RawRecords() {}

    /** The record byte for byte; it shares its arrays. */
    public static RawRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new RawRecord(
                new SourcePosition(record.topic(), record.partition(), record.offset()),
                record.timestamp(),
                record.key(),
                record.value(),
                headers(record));
    }

    private static RawHeader[] headers(ConsumerRecord<byte[], byte[]> record) {
        List<RawHeader> headers = new ArrayList<>(0);
        for (Header header : record.headers()) {
            headers.add(new RawHeader(header.key(), header.value()));
        }
        return headers.isEmpty() ? NO_HEADERS : headers.toArray(NO_HEADERS);
    }
}
