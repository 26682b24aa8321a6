/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.OutputLimits;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka, before a job starts, how large a record its output topics take; its producers' own limits count too. */
public final class TopicLimits {

    private static final String TIMEOUT_MILLIS = "10000";
    private static final String REQUEST_TIMEOUT_MILLIS = "5000";
    /** Kafka's default of {@code max.message.bytes} and {@code max.request.size}. */
    private static final int KAFKA_DEFAULT = 1024 * 1024;

    private final PipelineSpec spec;
    private int least;
    private String narrowest;
    private @Nullable String doubt;

    /**
     * What was found.
     *
     * @param doubt why a topic's limit is taken for Kafka's default and not known; null: all are known
     */
    public record Found(OutputLimits limits, @Nullable String doubt) {}

    private TopicLimits(PipelineSpec spec) {
        this.spec = spec;
        Properties producer = ProducerProfile.of(spec);
        this.least = bytes(producer, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KAFKA_DEFAULT);
        this.narrowest = "the producer takes " + least + " bytes (" + ProducerConfig.MAX_REQUEST_SIZE_CONFIG + ")";
    }

    /**
     * The limits of a pipeline's outputs. Where Kafka does not tell, its defaults are taken and the doubt says so.
     *
     * @throws PipelineException when an output takes too little to hold a refusal
     */
    public static Found read(PipelineSpec spec) {
        TopicLimits found = new TopicLimits(spec);
        found.askKafka();
        OutputLimits limits = OutputLimits.of(found.least);
        if (!limits.suffice()) {
            throw new PipelineException(List.of(found.narrowest + ", and what is refused needs room for its reasons: "
                    + OutputLimits.LEAST_TAKEN_BYTES + " bytes in all. Raise it."));
        }
        return new Found(limits, found.doubt);
    }

    private void askKafka() {
        try (Admin admin = Admin.create(properties())) {
            Collection<ConfigResource> topics = spec.outputs().outcomes().stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList();
            admin.describeConfigs(topics).values().forEach(this::take);
        } catch (InterruptException interrupted) {
            throw interrupted;
        } catch (KafkaException unusable) {
            unknown(spec.outputs().predictions(), unusable);
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        properties.putAll(spec.kafka());
        return properties;
    }

    private void take(ConfigResource topic, KafkaFuture<Config> described) {
        try {
            int bytes = Integer.parseInt(
                    described.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
            if (bytes < least) {
                least = bytes;
                narrowest = "topic '" + topic.name() + "' takes " + bytes + " bytes ("
                        + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + ")";
            }
        } catch (ExecutionException refused) {
            unknown(topic.name(), refused.getCause() == null ? refused : refused.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private void unknown(String topic, Throwable cause) {
        least = Math.min(least, KAFKA_DEFAULT);
        doubt = "Kafka does not tell how large a record topic '" + topic + "' takes (" + cause.getMessage()
                + "). Kafka's default is assumed, " + KAFKA_DEFAULT
                + " bytes; where the topic takes less, a larger record fails the job. Allow DescribeConfigs on it.";
    }

    private static int bytes(Properties properties, String key, int otherwise) {
        String value = properties.getProperty(key);
        return value == null ? otherwise : Integer.parseInt(value.strip());
    }
}
