/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.schema.Decoded;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The Kafka source of one stream, and how its partitions tell time. */
public final class EventSource {

    private static final String DISCOVERY_MILLIS = "10000";

    private EventSource() {}

    /**
     * Reads from the offsets that the pipeline's group has committed, else from the earliest.
     *
     * @param toEnd whether to stop at the offsets that are the end when the job starts
     */
    @SuppressWarnings("deprecation") // the connector asks for Kafka's old enum
    public static KafkaSource<Decoded> of(InferencePlan plan, int stream, boolean toEnd) {
        PipelineSpec spec = plan.spec();
        StreamSpec streamSpec = spec.streams().get(stream);
        KafkaSourceBuilder<Decoded> builder = KafkaSource.<Decoded>builder()
                .setProperties(consumerProperties(spec, streamSpec))
                .setTopics(streamSpec.topic())
                .setGroupId(spec.name())
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(new RecordDeserializer(plan, stream));
        if (toEnd) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    /** A watermark per partition; a partition that is silent for {@code idle_after} stops holding the others back. */
    public static WatermarkStrategy<Decoded> watermarks(StreamSpec stream) {
        long maxOutOfOrderMillis = stream.eventTime().maxOutOfOrder().toMillis();
        return WatermarkStrategy.<Decoded>forGenerator(
                        context -> new PartitionWatermarks(maxOutOfOrderMillis, System::currentTimeMillis))
                .withTimestampAssigner((decoded, kafkaTimestamp) -> decoded instanceof Decoded.Accepted accepted
                        ? accepted.event().eventTimeMillis()
                        : kafkaTimestamp)
                .withIdleness(stream.eventTime().idleAfter());
    }

    private static Properties consumerProperties(PipelineSpec spec, StreamSpec stream) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS);
        properties.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), spec.name() + '-' + stream.name());
        spec.kafka().forEach(properties::setProperty);
        return properties;
    }
}
