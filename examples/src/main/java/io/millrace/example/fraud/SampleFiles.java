/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import io.millrace.example.fraud.GeneratedEvent.Chargeback;
import io.millrace.example.fraud.GeneratedEvent.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two weeks of a small town as CSV files, to send without a generator. */
public final class SampleFiles {

    static final String TRANSACTIONS = "transactions.csv";
    static final String CHARGEBACKS = "chargebacks.csv";

    private static final Instant START = Instant.parse("2024-03-04T00:00:00Z");
    private static final Duration PAYMENTS = Duration.ofDays(14);
    private static final GeneratorOptions TOWN =
            new GeneratorOptions(18, START.toEpochMilli(), 12, 24, 28, Long.MAX_VALUE, 0);

    private SampleFiles() {}

    /** Writes both files into the directory that is given. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give one directory, which the sample is written into");
        }
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Files.write(directory.resolve(TRANSACTIONS), transactions());
        Files.write(directory.resolve(CHARGEBACKS), chargebacks());
    }

    static List<String> transactions() {
        List<String> lines = new ArrayList<>();
        lines.add("transaction_id,customer_id,terminal_id,amount,tx_time");
        for (GeneratedEvent event : events()) {
            if (event instanceof Transaction payment) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%.2f,%s",
                        payment.transactionId(),
                        payment.customerId(),
                        payment.terminalId(),
                        payment.amount(),
                        Instant.ofEpochMilli(payment.txTimeMillis())));
            }
        }
        return lines;
    }

    static List<String> chargebacks() {
        List<String> lines = new ArrayList<>();
        lines.add("transaction_id,terminal_id,customer_id,tx_time,fraud,reported_at");
        for (GeneratedEvent event : events()) {
            if (event instanceof Chargeback back) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%s,%d,%s",
                        back.transactionId(),
                        back.terminalId(),
                        back.customerId(),
                        Instant.ofEpochMilli(back.txTimeMillis()),
                        back.fraud(),
                        Instant.ofEpochMilli(back.reportedAtMillis())));
            }
        }
        return lines;
    }

    private static List<GeneratedEvent> events() {
        List<GeneratedEvent> events = new ArrayList<>();
        new TransactionGenerator(TOWN).forEachBefore(START.plus(PAYMENTS).toEpochMilli(), events::add);
        return events;
    }
}
