/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import io.millrace.cli.demo.PaymentRecords;
import io.millrace.example.fraud.GeneratedEvent;
import io.millrace.example.fraud.GeneratorOptions;
import io.millrace.example.fraud.TransactionGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills the example's input topics with payments of its generator, before anything is timed. */
final class LoadedTopics {

    private static final long SEED = 42;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private LoadedTopics() {}

    @SuppressWarnings("FutureReturnValueIgnored") // the count of what comes out is checked
    static void fill(Path example, Map<String, String> kafka, int payments) throws IOException {
        PaymentRecords records = new PaymentRecords(example);
        TransactionGenerator generator = new TransactionGenerator(GeneratorOptions.history(SEED, START.toEpochMilli()));
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int sent = 0; sent < payments; ) {
                GeneratedEvent event = generator.next();
                producer.send(records.of(event));
                sent += event instanceof GeneratedEvent.Transaction ? 1 : 0;
            }
        }
    }
}
