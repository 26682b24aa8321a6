/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** What commands ask of a Kafka cluster besides reading and writing. */
public final class TopicAdmin implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final String address;
    private final Admin admin;

    public TopicAdmin(Map<String, String> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        this.address = clientProperties.getOrDefault("bootstrap.servers", "?");
        this.admin = Admin.create(properties);
    }

    public Set<String> list() {
        return await(admin.listTopics().names());
    }

    /** Makes topics, and returns when they take records; those that are there already stay as they are. */
    public void create(Collection<String> topics, int partitions, int replication, Map<String, String> configs) {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic, partitions, (short) replication).configs(configs))
                .toList();
        Map<TopicPartition, OffsetSpec> made = new HashMap<>();
        admin.createTopics(wanted).values().forEach((topic, result) -> {
            if (isMade(result)) {
                for (int partition = 0; partition < partitions; partition++) {
                    made.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                }
            }
        });
        awaitLeaders(made);
    }

    private boolean isMade(KafkaFuture<Void> result) {
        try {
            result.get();
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failure(refused.getCause());
        } catch (InterruptedException interrupted) {
            throw interruption(interrupted);
        }
    }

    /**
     * A broker names the leader of a new partition a moment before that leader takes records. A producer whose first
     * batch falls into this gap and whose second does not can never send the first (KAFKA-15591). Only a leader that is
     * ready tells offsets.
     */
    private void awaitLeaders(Map<TopicPartition, OffsetSpec> partitions) {
        await(admin.listOffsets(partitions).all());
    }

    /** Where a consumer group goes on in a topic: its committed offsets, else the earliest. */
    public Map<TopicPartition, Long> committedOrEarliest(String group, String topic) {
        Map<String, TopicDescription> described =
                await(admin.describeTopics(List.of(topic)).allTopicNames());
        int partitions =
                Objects.requireNonNull(described.get(topic)).partitions().size();
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition key = new TopicPartition(topic, partition);
            OffsetAndMetadata position = committed.get(key);
            offsets.put(key, position == null ? earliest(key) : position.offset());
        }
        return offsets;
    }

    private long earliest(TopicPartition partition) {
        return await(admin.listOffsets(Map.of(partition, OffsetSpec.earliest())).partitionResult(partition))
                .offset();
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException refused) {
            throw failure(refused.getCause());
        } catch (InterruptedException interrupted) {
            throw interruption(interrupted);
        }
    }

    private CommandException interruption(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new CommandException(ExitCode.FAILED, "interrupted while asking Kafka at " + address, interrupted);
    }

    private CommandException failure(@Nullable Throwable cause) {
        return new CommandException(
                ExitCode.KAFKA,
                "Kafka at " + address + " refused or does not answer: " + (cause == null ? "?" : cause.getMessage())
                        + " Start it (millrace broker), or set the address.");
    }

    @Override
    public void close() {
        admin.close();
    }
}
