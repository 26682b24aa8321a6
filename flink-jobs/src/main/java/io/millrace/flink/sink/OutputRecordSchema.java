/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.pipeline.record.RawHeader;
import io.millrace.schema.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An encoded record to the topic that it names. The timestamp that Flink offers is the source record's and is left out:
 * brokers refuse times ahead of theirs, and retention would delete old ones.
 */
final class OutputRecordSchema implements KafkaRecordSerializationSchema<OutputRecord>, KafkaDatasetFacetProvider {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> topics;

    /** The topics that records may name: by them the sink finds transactions that an earlier run left open. */
    OutputRecordSchema(List<String> topics) {
        this.topics = new ArrayList<>(topics);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics)));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            OutputRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
        RecordHeaders headers = new RecordHeaders();
        for (RawHeader header : record.headers()) {
            headers.add(new RecordHeader(header.name(), header.value()));
        }
        return new ProducerRecord<>(record.topic(), null, null, record.key(), record.value(), headers);
    }
}
