/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.spec.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;

/** Signals to records of contract {@code io.millrace.MonitoringSignal}, keyed by metric. Not thread-safe. */
public final class SignalEncoder {

    private static final RawHeader[] NO_HEADERS = {};
    private static final Schema STATES =
            Contracts.monitoringSignal().getField("state").schema();

    private final String topic;
    private final AvroBuffer buffer;

    public SignalEncoder(String topic, WireFormat format) {
        this.topic = topic;
        this.buffer = new AvroBuffer(Contracts.monitoringSignal(), format == WireFormat.SINGLE_OBJECT);
    }

    public OutputRecord encode(MonitoringSignal signal) {
        return new OutputRecord(
                topic,
                signal.metric().getBytes(StandardCharsets.UTF_8),
                buffer.encode(out -> write(signal, out)),
                NO_HEADERS);
    }

    private static void write(MonitoringSignal signal, BinaryEncoder out) throws IOException {
        out.writeString(signal.pipeline());
        out.writeString(signal.monitor());
        out.writeString(signal.metric());
        out.writeString(signal.definition());
        out.writeLong(signal.windowStartMillis());
        out.writeLong(signal.windowEndMillis());
        AvroBuffer.writeNullable(signal.modelVersion(), out);
        AvroBuffer.writeNullable(signal.segment(), out);
        AvroBuffer.writeNullable(signal.feature(), out);
        AvroBuffer.writeNullable(signal.value(), out);
        out.writeLong(signal.sampleSize());
        AvroBuffer.writeNullable(signal.threshold(), out);
        out.writeEnum(STATES.getEnumOrdinal(signal.state().name()));
        out.writeLong(signal.referenceSize());
        AvroBuffer.writeNullable(signal.byChance(), out);
    }
}
