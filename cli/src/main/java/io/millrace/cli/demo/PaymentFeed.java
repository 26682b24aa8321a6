/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.demo;

import io.millrace.cli.local.Uninterrupted;
import io.millrace.example.fraud.GeneratedEvent;
import io.millrace.example.fraud.GeneratorOptions;
import io.millrace.example.fraud.TransactionGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends made-up payments and chargebacks: some weeks of history at once, then each at its own time. */
final class PaymentFeed implements AutoCloseable {

    private static final Duration HISTORY = Duration.ofDays(40);
    private static final long SEED = 2018;

    private final TransactionGenerator generator;
    private final long liveFromMillis;
    private final PaymentRecords records;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong sent = new AtomicLong();

    PaymentFeed(Path example, Map<String, String> kafka, double perSecond, long nowMillis) throws IOException {
        this.liveFromMillis = nowMillis;
        this.generator = new TransactionGenerator(
                GeneratorOptions.history(SEED, nowMillis - HISTORY.toMillis()).liveFrom(nowMillis, perSecond));
        this.records = new PaymentRecords(example);
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** How many records were sent so far. */
    long sent() {
        return sent.get();
    }

    /** Sends everything that happened before now. */
    void sendHistory() {
        generator.forEachBefore(liveFromMillis, this::send);
        producer.flush();
    }

    /** Sends what happens from now on, each event at its own time, until this thread is interrupted. */
    void sendLive() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            long waitMillis = generator.nextEventTimeMillis() - System.currentTimeMillis();
            if (waitMillis > 0) {
                TimeUnit.MILLISECONDS.sleep(waitMillis);
            }
            send(generator.next());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a broker in this process that refuses ends the demo anyway
    private void send(GeneratedEvent event) {
        producer.send(records.of(event));
        sent.incrementAndGet();
    }

    @Override
    public void close() {
        Uninterrupted.run(() -> producer.close(Duration.ofSeconds(1)));
    }
}
