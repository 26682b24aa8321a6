/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.local.Uninterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics as a {@code read_committed} reader sees them, without a consumer group. */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    public TopicReader(Map<String, String> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Places this reader at the start of topics, or at their present end. */
    public TopicReader at(Iterable<String> topics, boolean end) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        if (end) {
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } else {
            consumer.seekToBeginning(partitions);
        }
        return this;
    }

    /** Places this reader at given offsets. */
    public TopicReader at(Map<TopicPartition, Long> offsets) {
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
        return this;
    }

    /** Where the topics begin now: what stood before is gone. */
    public Map<TopicPartition, Long> begins() {
        return consumer.beginningOffsets(consumer.assignment());
    }

    /** Where the topics end now for a reader of committed records. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment());
    }

    /** Reads on to what is the end now. */
    public void toEnd(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Set<Map.Entry<TopicPartition, Long>> ends = ends().entrySet();
        while (ends.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(action);
        }
    }

    /** Reads on to given offsets, exclusive, and in each partition only as long as its records are wanted. */
    public void toOffsets(Map<TopicPartition, Long> ends, Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        close(open, (partition, end) -> consumer.position(partition) >= end);
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            close(
                    open,
                    (partition, end) -> !takeAll(records.records(partition), end, wantsMore)
                            || consumer.position(partition) >= end);
        }
    }

    private static boolean takeAll(
            List<ConsumerRecord<byte[], byte[]>> records,
            long end,
            Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= end || !wantsMore.test(record)) {
                return false;
            }
        }
        return true;
    }

    private void close(Map<TopicPartition, Long> open, BiPredicate<TopicPartition, Long> ended) {
        List<TopicPartition> closed = new ArrayList<>();
        open.forEach((partition, end) -> {
            if (ended.test(partition, end)) {
                closed.add(partition);
            }
        });
        consumer.pause(closed);
        closed.forEach(open::remove);
    }

    /** Reads what comes next, waiting a moment for it. */
    public void next(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        consumer.poll(POLL).forEach(action);
    }

    /** Makes a read that is under way, on another thread, end with a {@code WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        Uninterrupted.run(consumer::close);
    }
}
