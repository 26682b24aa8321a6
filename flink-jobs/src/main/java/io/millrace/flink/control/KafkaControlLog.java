/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.control;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.control.ControlRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The control topic of a pipeline, read by a consumer without a group. */
public final class KafkaControlLog implements ControlLog {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final TopicPartition partition;
    private final ControlRecords records;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private @Nullable Thread follower;

    private KafkaControlLog(PipelineSpec spec, String user) {
        this.partition = new TopicPartition(spec.outputs().control(), 0);
        this.records = new ControlRecords(spec.name());
        this.consumer = new KafkaConsumer<>(
                consumerProperties(spec, user), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                producerProperties(spec, user), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static Factory of(PipelineSpec spec) {
        return user -> {
            KafkaControlLog log = new KafkaControlLog(spec, user);
            try {
                log.begin();
                return log;
            } catch (RuntimeException failed) {
                log.close();
                throw failed;
            }
        };
    }

    private void begin() {
        List<PartitionInfo> partitions = consumer.partitionsFor(partition.topic());
        if (partitions == null || partitions.size() != 1) {
            throw new IllegalStateException("topic " + partition.topic() + " has "
                    + (partitions == null ? 0 : partitions.size())
                    + " partitions, and its records need one order. Make it with one: millrace topics --create FILE.");
        }
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    @Override
    public long append(ControlEntry entry) throws ExecutionException, InterruptedException {
        return producer.send(record(entry)).get().offset();
    }

    @Override
    public void readThrough(long position, Reader reader) throws Exception {
        while (consumer.position(partition) <= position) {
            readOn(reader);
        }
    }

    @Override
    public void follow(Reader reader, FailureListener listener) {
        Thread thread = new Thread(() -> readUntilClosed(reader, listener), "control-log " + partition.topic());
        thread.setDaemon(true);
        follower = thread;
        thread.start();
    }

    private void readUntilClosed(Reader reader, FailureListener listener) {
        try {
            while (!closed) {
                readOn(reader);
            }
        } catch (Exception failed) {
            if (!closed && !(failed instanceof WakeupException)) {
                listener.failed(failed);
            }
        }
    }

    @Override
    public void readOn(Reader reader) throws Exception {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            ControlRecords.Reading reading = records.decode(record.value());
            reader.take(record.offset(), reading.entry(), reading.fault());
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of every failure
    public void send(ControlEntry entry, FailureListener listener) {
        producer.send(record(entry), (metadata, failed) -> {
            if (failed != null && !closed) {
                listener.failed(failed);
            }
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // close() waits for what is under way
    public void report(OutputRecord record) {
        List<Header> headers = new ArrayList<>();
        for (RawHeader header : record.headers()) {
            headers.add(new RecordHeader(header.name(), header.value()));
        }
        producer.send(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), headers));
    }

    private ProducerRecord<byte[], byte[]> record(ControlEntry entry) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), null, records.encode(entry));
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        if (follower != null) {
            try {
                follower.join(CLOSE_LIMIT.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        producer.close(CLOSE_LIMIT);
        if (follower == null || !follower.isAlive()) {
            consumer.close();
        }
    }

    private static Map<String, Object> consumerProperties(PipelineSpec spec, String user) {
        Map<String, Object> properties = new HashMap<>(spec.kafka());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, user);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    private static Map<String, Object> producerProperties(PipelineSpec spec, String user) {
        Map<String, Object> properties = new HashMap<>(spec.kafka());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, user);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return properties;
    }
}
