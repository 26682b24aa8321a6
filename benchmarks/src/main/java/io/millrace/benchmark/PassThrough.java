/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The limit: the same topic copied by Flink, value by value, with the same producer settings and delivery. */
final class PassThrough {

    private PassThrough() {}

    static void build(StreamExecutionEnvironment environment, Map<String, String> kafka, String from, String to) {
        KafkaSource<byte[]> source = KafkaSource.<byte[]>builder()
                .setProperties(properties(kafka))
                .setTopics(from)
                .setGroupId(to)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setValueOnlyDeserializer(new Bytes())
                .build();
        Properties producer = properties(kafka);
        producer.setProperty("linger.ms", "2");
        producer.setProperty("batch.size", "131072");
        producer.setProperty("compression.type", "lz4");
        producer.setProperty("transaction.timeout.ms", "840000");
        KafkaSink<byte[]> sink = KafkaSink.<byte[]>builder()
                .setKafkaProducerConfig(producer)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(to)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setRecordSerializer(KafkaRecordSerializationSchema.<byte[]>builder()
                        .setTopic(to)
                        .setValueSerializationSchema(new Bytes())
                        .build())
                .build();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .sinkTo(sink);
    }

    private static Properties properties(Map<String, String> kafka) {
        Properties properties = new Properties();
        kafka.forEach(properties::setProperty);
        return properties;
    }

    /** A value as it is. */
    private static final class Bytes extends AbstractDeserializationSchema<byte[]>
            implements SerializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] deserialize(byte[] value) {
            return value;
        }

        @Override
        public byte[] serialize(byte[] value) {
            return value;
        }
    }
}
