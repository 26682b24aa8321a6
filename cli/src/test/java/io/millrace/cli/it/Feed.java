/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import io.millrace.flink.plan.InferencePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records to given partitions of topics that were empty, and remembers which lies at which offset. */
final class Feed implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> sent = new HashMap<>();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private int count;

    Feed(InferencePlan plan) {
        Map<String, Object> properties = new HashMap<>(plan.spec().kafka());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        List<ProducerRecord<byte[], byte[]>> before = sent.computeIfAbsent(partition, absent -> new ArrayList<>());
        long offset = before.size();
        before.add(record);
        count++;
        producer.send(record, (metadata, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, partition + ": " + refused);
            } else if (metadata.offset() != offset) {
                failure.compareAndSet(null, partition + ": offset " + metadata.offset() + ", expected " + offset);
            }
        });
    }

    /** Waits until the broker has everything. */
    void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    /** How many records were sent, to all topics. */
    int count() {
        return count;
    }

    /** How many records were sent to a topic. */
    int count(String topic) {
        return sent.entrySet().stream()
                .filter(partition -> partition.getKey().topic().equals(topic))
                .mapToInt(partition -> partition.getValue().size())
                .sum();
    }

    /** The record at an offset. */
    ProducerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return sent.get(partition).get((int) offset);
    }

    /** Every partition with its records; their index is their offset. */
    void forEach(BiConsumer<TopicPartition, List<ProducerRecord<byte[], byte[]>>> action) {
        sent.forEach(action);
    }

    @Override
    public void close() {
        producer.close();
    }
}
