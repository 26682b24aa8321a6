/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.handbook;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The handbook's data set: its transactions, and what its authors' own code says of their features and scores.
 *
 * @param directory where the files lie
 */
record Handbook(Path directory) {

    static final String MODEL = "fraud_mlp_15-64-32-1.h5";

    private static final String TRANSACTIONS = "transactions_2018-04-01_2018-08-14.csv.gz";
    private static final String FEATURES = "expected_features_2018-07-25_2018-08-14.csv.gz";
    private static final String SCORES = "expected_scores_2018-08-08_2018-08-14.csv.gz";

    private static final int ID = 0;
    private static final int TIME = 1;
    private static final int CUSTOMER = 2;
    private static final int TERMINAL = 3;
    private static final int FRAUD = 5;
    private static final int REPORTED_AFTER_DAYS = 7;

    /** Where the shared data sets are: {@code -Dmillrace.shared}, else the environment, else beside the repository. */
    static Handbook locate() {
        String environment = System.getenv().getOrDefault("MILLRACE_SHARED_DATA", "../../shared/data");
        return new Handbook(Path.of(System.getProperty("millrace.shared", environment), "fraud-handbook"));
    }

    boolean isThere() {
        return Files.isReadable(directory.resolve(TRANSACTIONS));
    }

    Path model() {
        return directory.resolve(MODEL);
    }

    /**
     * Which transactions take part: all, or those of every nth customer and of every nth terminal, from the day on which
     * the longest window of the first expected row begins. Features by customer are then whole for the chosen customers,
     * those by terminal for the chosen terminals.
     */
    record Slice(int every, String fromDay) {

        static final Slice WHOLE = new Slice(1, "2018-04-01");
        static final Slice SMALL = new Slice(20, "2018-06-17");

        private boolean has(String customerOrTerminal) {
            return Integer.parseInt(customerOrTerminal) % every == 0;
        }

        private boolean has(String[] row) {
            return row[TIME].compareTo(fromDay) >= 0 && (has(row[CUSTOMER]) || has(row[TERMINAL]));
        }
    }

    /** The transactions that take part, those of chosen customers, and those at chosen terminals. */
    record Chosen(Set<String> all, Set<String> byCustomer, Set<String> byTerminal) {

        private void add(String[] row, Slice slice) {
            all.add(row[ID]);
            if (slice.has(row[CUSTOMER])) {
                byCustomer.add(row[ID]);
            }
            if (slice.has(row[TERMINAL])) {
                byTerminal.add(row[ID]);
            }
        }
    }

    /** Writes the transactions as they are, and a chargeback for each fraud as the data set's description says. */
    Chosen write(Slice slice, Path transactions, Path chargebacks) throws IOException {
        Chosen chosen = new Chosen(new HashSet<>(), new HashSet<>(), new HashSet<>());
        try (BufferedReader rows = open(TRANSACTIONS);
                BufferedWriter payments = Files.newBufferedWriter(transactions);
                BufferedWriter reports = Files.newBufferedWriter(chargebacks)) {
            payments.append(rows.readLine()).append('\n');
            reports.append("transaction_id,terminal_id,customer_id,tx_time,fraud,reported_at\n");
            for (String line = rows.readLine(); line != null; line = rows.readLine()) {
                String[] row = line.split(",");
                if (slice.has(row)) {
                    payments.append(line).append('\n');
                    reports.append(chargeback(row));
                    chosen.add(row, slice);
                }
            }
        }
        return chosen;
    }

    private static String chargeback(String[] row) {
        if (!row[FRAUD].equals("1")) {
            return "";
        }
        LocalDateTime reported = LocalDateTime.parse(row[TIME]).plusDays(REPORTED_AFTER_DAYS);
        return String.join(",", row[ID], row[TERMINAL], row[CUSTOMER], row[TIME], "1", reported.toString()) + '\n';
    }

    /** The expected features of each transaction, in the order of the columns. */
    Map<String, double[]> features() throws IOException {
        Map<String, double[]> features = new HashMap<>();
        try (BufferedReader rows = open(FEATURES)) {
            rows.readLine();
            for (String line = rows.readLine(); line != null; line = rows.readLine()) {
                String[] row = line.split(",");
                double[] values = new double[row.length - 1];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(row[i + 1]);
                }
                features.put(row[ID], values);
            }
        }
        return features;
    }

    /** The names of the expected features. */
    List<String> featureNames() throws IOException {
        try (BufferedReader rows = open(FEATURES)) {
            List<String> names = List.of(rows.readLine().split(","));
            return names.subList(1, names.size());
        }
    }

    /** The expected score of each transaction. */
    Map<String, Double> scores() throws IOException {
        Map<String, Double> scores = new HashMap<>();
        try (BufferedReader rows = open(SCORES)) {
            int column = List.of(rows.readLine().split(",")).indexOf("mlp_score");
            for (String line = rows.readLine(); line != null; line = rows.readLine()) {
                String[] row = line.split(",");
                scores.put(row[ID], Double.parseDouble(row[column]));
            }
        }
        return scores;
    }

    private BufferedReader open(String file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(directory.resolve(file)), 1 << 16), StandardCharsets.UTF_8));
    }
}
