/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.demo;

import io.millrace.example.fraud.GeneratedEvent;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.text.RecordWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Generated payments and chargebacks as Kafka records of the fraud example's topics. */
public final class PaymentRecords {

    private final RecordWriter transactions;
    private final RecordWriter chargebacks;

    /** @param example the directory of the fraud example, which holds the schemas */
    public PaymentRecords(Path example) throws IOException {
        this.transactions = new RecordWriter(Files.readString(example.resolve("transaction.avsc")), WireFormat.BINARY);
        this.chargebacks = new RecordWriter(Files.readString(example.resolve("chargeback.avsc")), WireFormat.BINARY);
    }

    public ProducerRecord<byte[], byte[]> of(GeneratedEvent event) {
        if (event instanceof GeneratedEvent.Transaction payment) {
            return record("card.transactions", payment.customerId(), transactions.encode(transaction(payment)));
        }
        GeneratedEvent.Chargeback report = (GeneratedEvent.Chargeback) event;
        return record("card.chargebacks", report.terminalId(), chargebacks.encode(chargeback(report)));
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
}
