/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.demo;

import io.millrace.example.fraud.GeneratedEvent;
import io.millrace.example.fraud.GeneratorOptions;
import io.millrace.example.fraud.TransactionGenerator;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.text.RecordWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends made-up payments and chargebacks: some weeks of history at once, then each at its own time. */
final class PaymentFeed implements AutoCloseable {

    private static final Duration HISTORY = Duration.ofDays(40);
    private static final long SEED = 2018;

    private final TransactionGenerator generator;
    private final long liveFromMillis;
    private final RecordWriter transactions;
    private final RecordWriter chargebacks;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong sent = new AtomicLong();

    PaymentFeed(Path example, Map<String, String> kafka, double perSecond, long nowMillis) throws IOException {
        this.liveFromMillis = nowMillis;
        this.generator = new TransactionGenerator(
                GeneratorOptions.history(SEED, nowMillis - HISTORY.toMillis()).liveFrom(nowMillis, perSecond));
        this.transactions = new RecordWriter(Files.readString(example.resolve("transaction.avsc")), WireFormat.BINARY);
        this.chargebacks = new RecordWriter(Files.readString(example.resolve("chargeback.avsc")), WireFormat.BINARY);
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
        if (event instanceof GeneratedEvent.Transaction payment) {
            producer.send(record("card.transactions", payment.customerId(), transactions.encode(transaction(payment))));
        } else if (event instanceof GeneratedEvent.Chargeback report) {
            producer.send(record("card.chargebacks", report.terminalId(), chargebacks.encode(chargeback(report))));
        }
        sent.incrementAndGet();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, long key, byte[] value) {
        return new ProducerRecord<>(topic, Long.toString(key).getBytes(StandardCharsets.UTF_8), value);
    }

    private GenericRecord transaction(GeneratedEvent.Transaction payment) {
        GenericRecord record = new GenericData.Record(transactions.schema());
        record.put("transaction_id", payment.transactionId());
        record.put("tx_time", payment.txTimeMillis());
        record.put("customer_id", payment.customerId());
        record.put("terminal_id", payment.terminalId());
        record.put("amount", payment.amount());
        return record;
    }

    private GenericRecord chargeback(GeneratedEvent.Chargeback report) {
        GenericRecord record = new GenericData.Record(chargebacks.schema());
        record.put("transaction_id", report.transactionId());
        record.put("terminal_id", report.terminalId());
        record.put("customer_id", report.customerId());
        record.put("tx_time", report.txTimeMillis());
        record.put("fraud", report.fraud());
        record.put("reported_at", report.reportedAtMillis());
        return record;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
