/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import io.millrace.example.fraud.GeneratedEvent.Chargeback;
import io.millrace.example.fraud.GeneratedEvent.Transaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Card payments and their chargebacks, in order of event time, without end.
 *
 * <p>After the idea of the Fraud Detection Handbook's simulator (Le Borgne et al. 2022, chapter 2), with numbers and
 * scenarios of our own; each {@link Scenario} is about a quarter to a half of all frauds, and frauds about one in a hundred.
 * A fraud's chargeback is reported exactly {@link #REPORT_DELAY} after the payment; at the same millisecond the
 * chargeback comes first. Deterministic on every machine: {@link Random} and {@link StrictMath} only, and one source of
 * chance for each part. Not thread-safe.
 */
public final class TransactionGenerator implements Iterator<GeneratedEvent> {

    public static final Duration REPORT_DELAY = Duration.ofDays(7);

    private static final double LARGE_AMOUNT_SHARE = 0.003;
    private static final double LARGE_AMOUNT_LEAST = 150;
    private static final double FRAUDS_AT_TERMINAL = 0.8;
    private static final double FRAUDS_OF_CUSTOMER = 1.0 / 3;

    private final GeneratorOptions options;
    private final Random random;
    private final Population population;
    private final Arrivals arrivals;
    private final Compromises terminals;
    private final Compromises customers;
    private final Deque<Chargeback> unreported = new ArrayDeque<>();
    private Transaction ahead;
    private long transactions;

    public TransactionGenerator(GeneratorOptions options) {
        Random seeds = new Random(options.seed());
        long start = options.startMillis();
        this.options = options;
        this.random = new Random(seeds.nextLong());
        this.population = new Population(options, new Random(seeds.nextLong()));
        this.arrivals = new Arrivals(new Random(seeds.nextLong()), options);
        this.terminals = new Compromises(new Random(seeds.nextLong()), options.terminals(), 0.0002, 14, 28, start);
        this.customers = new Compromises(new Random(seeds.nextLong()), options.customers(), 0.0008, 7, 14, start);
        this.ahead = pay();
    }

    /** Always: a stream has no end. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public GeneratedEvent next() {
        Chargeback due = unreported.peek();
        if (due != null && due.reportedAtMillis() <= ahead.txTimeMillis()) {
            return unreported.remove();
        }
        Transaction transaction = ahead;
        if (transaction.fraud()) {
            unreported.add(chargeback(transaction));
        }
        ahead = pay();
        return transaction;
    }

    /** When the next event will be, without taking it: how long a live sender has to wait. */
    public long nextEventTimeMillis() {
        Chargeback due = unreported.peek();
        return due == null ? ahead.txTimeMillis() : Math.min(due.reportedAtMillis(), ahead.txTimeMillis());
    }

    /** Hands over the events before a time. */
    public void forEachBefore(long endMillis, Consumer<GeneratedEvent> consumer) {
        while (nextEventTimeMillis() < endMillis) {
            consumer.accept(next());
        }
    }

    private Transaction pay() {
        long time = arrivals.next();
        terminals.advance(time);
        customers.advance(time);
        int customer = population.customer(random);
        double mean = population.meanAmount(customer);
        int terminal = population.terminal(customer, random);
        double amount = mean * StrictMath.exp(0.45 * random.nextGaussian() - 0.1);
        Scenario scenario = scenario(customer, terminal, time);
        if (scenario == Scenario.LARGE_AMOUNT) {
            amount = LARGE_AMOUNT_LEAST + mean * (5 + 10 * random.nextDouble());
        } else if (scenario == Scenario.COMPROMISED_CUSTOMER) {
            amount *= 3 + 3 * random.nextDouble();
            terminal = random.nextInt(options.terminals());
        }
        return new Transaction(transactions++, customer, terminal, cents(amount), time, scenario);
    }

    private Scenario scenario(int customer, int terminal, long time) {
        double chance = random.nextDouble();
        if (terminals.contains(terminal, time) && chance < FRAUDS_AT_TERMINAL) {
            return Scenario.COMPROMISED_TERMINAL;
        }
        if (customers.contains(customer, time) && chance < FRAUDS_OF_CUSTOMER) {
            return Scenario.COMPROMISED_CUSTOMER;
        }
        return chance < LARGE_AMOUNT_SHARE ? Scenario.LARGE_AMOUNT : Scenario.GENUINE;
    }

    private static double cents(double amount) {
        return Math.max(1, Math.round(amount * 100)) / 100.0;
    }

    private static Chargeback chargeback(Transaction fraud) {
        return new Chargeback(
                fraud.transactionId(),
                fraud.terminalId(),
                fraud.customerId(),
                fraud.txTimeMillis(),
                1,
                fraud.txTimeMillis() + REPORT_DELAY.toMillis());
    }
}
