/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.Alert;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.spec.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryEncoder;

/** Alerts to records of contract {@code io.millrace.Alert}, keyed by the alert's id. Not thread-safe. */
public final class AlertEncoder {

    private static final RawHeader[] NO_HEADERS = {};

    private final String topic;
    private final AvroBuffer buffer;

    public AlertEncoder(String topic, WireFormat format) {
        this.topic = topic;
        this.buffer = new AvroBuffer(Contracts.alert(), format == WireFormat.SINGLE_OBJECT);
    }

    public OutputRecord encode(Alert alert) {
        byte[] key = alert.id().getBytes(StandardCharsets.UTF_8);
        return new OutputRecord(topic, key, buffer.encode(out -> write(alert, out)), NO_HEADERS);
    }

    private static void write(Alert alert, BinaryEncoder out) throws IOException {
        out.writeString(alert.id());
        out.writeString(alert.pipeline());
        out.writeString(alert.rule());
        out.writeString(alert.condition());
        out.writeString(alert.metric());
        out.writeString(alert.definition());
        AvroBuffer.writeNullable(alert.modelVersion(), out);
        AvroBuffer.writeNullable(alert.segment(), out);
        AvroBuffer.writeNullable(alert.feature(), out);
        AvroBuffer.writeNullable(alert.value(), out);
        out.writeLong(alert.openedAtMillis());
        Long closed = alert.closedAtMillis();
        out.writeIndex(closed == null ? 0 : 1);
        if (closed == null) {
            out.writeNull();
        } else {
            out.writeLong(closed);
        }
    }
}
