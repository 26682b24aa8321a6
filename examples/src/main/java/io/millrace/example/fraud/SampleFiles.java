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

    /** Not the seed of the demo, which is scored by what was learnt here. */
    private static final long TRAINING_SEED = 7;

    private SampleFiles() {}

    /**
     * Writes both files into the directory that is given: the small sample, or, with a number of days, the history of a
     * whole city to train on.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException("give a directory to write into, and perhaps a number of days");
        }
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        List<GeneratedEvent> events = arguments.length == 1 ? sample() : city(Integer.parseInt(arguments[1]));
        Files.write(directory.resolve(TRANSACTIONS), transactions(events));
        Files.write(directory.resolve(CHARGEBACKS), chargebacks(events));
    }

    static List<String> transactions() {
        return transactions(sample());
    }

    static List<String> chargebacks() {
        return chargebacks(sample());
    }

    private static List<String> transactions(List<GeneratedEvent> events) {
        List<String> lines = new ArrayList<>();
        lines.add("transaction_id,customer_id,terminal_id,amount,tx_time");
        for (GeneratedEvent event : events) {
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

    private static List<String> chargebacks(List<GeneratedEvent> events) {
        List<String> lines = new ArrayList<>();
        lines.add("transaction_id,terminal_id,customer_id,tx_time,fraud,reported_at");
        for (GeneratedEvent event : events) {
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

    private static List<GeneratedEvent> sample() {
        return events(TOWN, PAYMENTS);
    }

    private static List<GeneratedEvent> city(int days) {
        return events(GeneratorOptions.history(TRAINING_SEED, START.toEpochMilli()), Duration.ofDays(days));
    }

    private static List<GeneratedEvent> events(GeneratorOptions options, Duration length) {
        List<GeneratedEvent> events = new ArrayList<>();
        new TransactionGenerator(options).forEachBefore(START.plus(length).toEpochMilli(), events::add);
        return events;
    }
}
