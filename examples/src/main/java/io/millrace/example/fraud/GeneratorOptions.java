/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

/**
 * What to generate. Nothing else decides the events: equal options give equal streams.
 *
 * @param seed of everything that is left to chance
 * @param startMillis no payment is made before; milliseconds since the epoch
 * @param customers how many cards there are, with ids from 0
 * @param terminals how many terminals there are, with ids from 0
 * @param transactionsPerDay the mean of the history, which has quiet nights and a busy noon
 * @param liveFromMillis from here on payments come at {@code livePerSecond}; {@link Long#MAX_VALUE} for never
 * @param livePerSecond the mean of the live phase, at any hour
 */
public record GeneratorOptions(
        long seed,
        long startMillis,
        int customers,
        int terminals,
        double transactionsPerDay,
        long liveFromMillis,
        double livePerSecond) {

    private static final int MOST = 100_000;

    public GeneratorOptions {
        requireCount("customers", customers);
        requireCount("terminals", terminals);
        requirePositive("transactions per day", transactionsPerDay);
        if (liveFromMillis != Long.MAX_VALUE) {
            requirePositive("live transactions per second", livePerSecond);
        }
    }

    private static void requireCount(String what, int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "generator: " + what + " must be from 1 to " + MOST + ", found " + count + '.');
        }
    }

    private static void requirePositive(String what, double number) {
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "generator: " + what + " must be a positive number, found " + number + '.');
        }
    }

    /** A history for ever: 2,000 customers with two payments a day, 4,000 terminals. */
    public static GeneratorOptions history(long seed, long startMillis) {
        return new GeneratorOptions(seed, startMillis, 2_000, 4_000, 4_000, Long.MAX_VALUE, 0);
    }

    /** The same with other numbers of customers and terminals, and as many payments to a customer. */
    public GeneratorOptions withPopulation(int customerCount, int terminalCount) {
        return new GeneratorOptions(
                seed,
                startMillis,
                customerCount,
                terminalCount,
                transactionsPerDay / customers * customerCount,
                liveFromMillis,
                livePerSecond);
    }

    /** The same until an instant; from there on live, at a rate. */
    public GeneratorOptions liveFrom(long millis, double perSecond) {
        return new GeneratorOptions(seed, startMillis, customers, terminals, transactionsPerDay, millis, perSecond);
    }
}
