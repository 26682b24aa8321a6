/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.DecodedSerializer;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Kafka records of one stream to what the schemas room makes of them: an event or a dead letter, never an exception. */
final class RecordDeserializer implements KafkaRecordDeserializationSchema<Decoded> {

    private static final long serialVersionUID = 1L;
    private static final RawHeader[] NO_HEADERS = {};

    private final InferencePlan plan;
    private final int stream;
    private transient EventDecoder decoder;

    RecordDeserializer(InferencePlan plan, int stream) {
        this.plan = plan;
        this.stream = stream;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = plan.decoder(stream);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        out.collect(decoder.decode(raw(record), System.currentTimeMillis()));
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
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

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return DecodedSerializer.TYPE;
    }
}
