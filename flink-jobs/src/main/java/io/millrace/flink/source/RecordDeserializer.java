/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.DecodedSerializer;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Kafka records of one stream to what the schemas room makes of them: an event or a dead letter, never an exception. */
final class RecordDeserializer implements KafkaRecordDeserializationSchema<Decoded> {

    private static final long serialVersionUID = 1L;

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
        out.collect(decoder.decode(RawRecords.of(record), System.currentTimeMillis()));
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return DecodedSerializer.TYPE;
    }
}
