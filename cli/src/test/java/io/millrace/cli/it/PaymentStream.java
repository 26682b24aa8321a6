/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes records for the pipeline's two topics: a function of the seed alone. */
final class PaymentStream {

    private static final int CUSTOMERS = 200;
    private static final int SHOPS = 50;
    private static final double MEAN_AMOUNT = 60;
    private static final int LONGEST_POISON = 200;
    private static final long REPORTED_AFTER_MILLIS = 400_000;

    private final Random random;
    private final Schema payment = PaymentPipeline.paymentSchema();
    private final Schema report = PaymentPipeline.reportSchema();
    private int payments;

    PaymentStream(long seed) throws IOException {
        this.random = new Random(seed);
    }

    /** A number below a bound. */
    int choose(int bound) {
        return random.nextInt(bound);
    }

    /** A payment in any partition; its Kafka key is its shop. */
    ProducerRecord<byte[], byte[]> payment(long timeMillis) throws IOException {
        return payment(timeMillis, random.nextInt(PaymentPipeline.PARTITIONS));
    }

    ProducerRecord<byte[], byte[]> payment(long timeMillis, int partition) throws IOException {
        GenericRecord datum = new GenericData.Record(payment);
        String shop = shop();
        datum.put("payment_id", "p" + payments++);
        datum.put("paid_at", timeMillis);
        datum.put("customer", "c" + random.nextInt(CUSTOMERS));
        datum.put("shop", shop);
        datum.put("amount", Math.rint(-100 * MEAN_AMOUNT * Math.log(1 - random.nextDouble())) / 100);
        return new ProducerRecord<>(
                PaymentPipeline.PAYMENTS, partition, shop.getBytes(StandardCharsets.UTF_8), bytes(datum));
    }

    /** A report in any partition, on a payment made some minutes before. */
    ProducerRecord<byte[], byte[]> report(long timeMillis) throws IOException {
        return report(timeMillis, random.nextInt(PaymentPipeline.PARTITIONS));
    }

    ProducerRecord<byte[], byte[]> report(long timeMillis, int partition) throws IOException {
        GenericRecord datum = new GenericData.Record(report);
        datum.put("shop", shop());
        datum.put("paid_at", timeMillis - (long) (random.nextDouble() * REPORTED_AFTER_MILLIS));
        datum.put("severity", random.nextInt(10) == 0 ? null : random.nextDouble());
        datum.put("reported_at", timeMillis);
        return new ProducerRecord<>(PaymentPipeline.REPORTS, partition, null, bytes(datum));
    }

    /** Random bytes where a payment should be, in the key and in headers too. */
    ProducerRecord<byte[], byte[]> poison() {
        RecordHeaders headers = new RecordHeaders();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add("h" + random.nextInt(3), random.nextInt(5) == 0 ? null : bytes(random.nextInt(20)));
        }
        return new ProducerRecord<>(
                PaymentPipeline.PAYMENTS,
                random.nextInt(PaymentPipeline.PARTITIONS),
                null,
                random.nextInt(5) == 0 ? null : bytes(random.nextInt(20)),
                bytes(random.nextInt(LONGEST_POISON)),
                headers);
    }

    private String shop() {
        return "s" + random.nextInt(SHOPS);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(GenericRecord datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(datum.getSchema()).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
