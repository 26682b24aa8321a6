/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.pipeline.spec.PipelineSpec;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Producer settings of the sinks: set deliberately, then overridden by what the pipeline file passes through. */
final class ProducerProfile {

    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MILLIS = 2;
    /** Longer than the longest outage that a restart may take, and below every broker's default maximum of 15 minutes. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 14 * 60 * 1000;

    private ProducerProfile() {}

    static Properties of(PipelineSpec spec) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MILLIS));
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Integer.toString(TRANSACTION_TIMEOUT_MILLIS));
        spec.kafka().forEach(properties::setProperty);
        return properties;
    }
}
