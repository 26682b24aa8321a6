/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.control;

import io.millrace.pipeline.control.ModelEvent;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.schema.Contracts;
import io.millrace.schema.OutputRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Model events to records of contract {@code io.millrace.ModelEvent} in single-object encoding, keyed by model name. */
public final class ModelEventEncoder {

    private static final Schema CONTRACT = Contracts.modelEvent();
    private static final RawHeader[] NO_HEADERS = {};

    private final String topic;
    private final String pipeline;
    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), CONTRACT);

    public ModelEventEncoder(String topic, String pipeline) {
        this.topic = topic;
        this.pipeline = pipeline;
    }

    public OutputRecord encode(ModelEvent event) {
        ModelVersion version = event.version();
        Schema kinds = CONTRACT.getField("kind").schema();
        GenericRecord record = new GenericRecordBuilder(CONTRACT)
                .set("kind", new GenericData.EnumSymbol(kinds, event.kind().name()))
                .set("pipeline", pipeline)
                .set("command_id", event.commandId())
                .set("action", event.action() == null ? null : event.action().name())
                .set("model", version(version))
                .set("fence", event.fenceMillis())
                .set("reason", event.reason())
                .build();
        try {
            ByteBuffer buffer = encoder.encode(record);
            byte[] value = new byte[buffer.remaining()];
            buffer.get(value);
            byte[] key = version == null ? null : version.name().getBytes(StandardCharsets.UTF_8);
            return new OutputRecord(topic, key, value, NO_HEADERS);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static @Nullable GenericRecord version(@Nullable ModelVersion version) {
        if (version == null) {
            return null;
        }
        Schema schema = CONTRACT.getField("model").schema().getTypes().get(1);
        return new GenericRecordBuilder(schema)
                .set("name", version.name())
                .set("version", version.version())
                .set("digest", version.digest())
                .build();
    }
}
