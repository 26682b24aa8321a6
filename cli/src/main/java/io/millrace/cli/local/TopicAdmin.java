/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.pipeline.problem.Problems;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** What commands ask of a Kafka cluster besides reading and writing. */
public final class TopicAdmin implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    private final String address;
    private final Duration patience;
    private final Admin admin;

    public TopicAdmin(Map<String, String> clientProperties) {
        this(clientProperties, PATIENCE);
    }

    /** @param patience how long to wait for an answer */
    public TopicAdmin(Map<String, String> clientProperties, Duration patience) {
        this.patience = patience;
        int millis = Math.toIntExact(patience.toMillis());
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        this.address = clientProperties.getOrDefault("bootstrap.servers", "?");
        this.admin = connect(properties);
    }

    private Admin connect(Map<String, Object> properties) {
        try {
            return Admin.create(properties);
        } catch (KafkaException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new CommandException(
                    ExitCode.KAFKA,
                    "Kafka at " + address + ": " + cause.getMessage()
                            + ". Check the address and the client properties.",
                    refused);
        }
    }

    /**
     * Makes sure that a topic is there.
     *
     * @throws CommandException when it is not, or Kafka does not answer
     */
    public void require(String topic) {
        Set<String> there = list();
        if (!there.contains(topic)) {
            throw new CommandException(
                    ExitCode.KAFKA,
                    "Kafka at " + address + ": there is no topic '" + topic + "'." + Problems.suggest(topic, there)
                            + " Make a pipeline's topics with millrace topics --create FILE.");
        }
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
     * ready tells offsets; a broker that has not heard of the topic yet is asked again.
     */
    private void awaitLeaders(Map<TopicPartition, OffsetSpec> partitions) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!areReady(partitions, deadline)) {
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
    }

    private boolean areReady(Map<TopicPartition, OffsetSpec> partitions, long deadline) {
        try {
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof RetriableException && System.nanoTime() < deadline) {
                return false;
            }
            throw failure(refused.getCause());
        } catch (InterruptedException interrupted) {
            throw interruption(interrupted);
        }
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
                "Kafka at " + address + " refused or does not answer: " + sentence(cause)
                        + " Start it (millrace broker), or set the address.");
    }

    private static String sentence(@Nullable Throwable cause) {
        String message = cause == null ? "no reason given" : String.valueOf(cause.getMessage());
        return message.endsWith(".") ? message : message + '.';
    }

    @Override
    public void close() {
        admin.close();
    }
}
