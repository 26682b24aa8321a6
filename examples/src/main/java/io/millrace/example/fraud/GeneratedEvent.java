/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

/** One event of the generated streams. */
public sealed interface GeneratedEvent {

    /** When it becomes known: the payment's time, or the chargeback's report. Milliseconds since the epoch. */
    long eventTimeMillis();

    /**
     * A card payment at a terminal.
     *
     * @param amount with two decimals
     * @param scenario the truth, for labels; never sent
     */
    record Transaction(
            long transactionId, long customerId, long terminalId, double amount, long txTimeMillis, Scenario scenario)
            implements GeneratedEvent {

        /** The label. */
        public boolean fraud() {
            return scenario != Scenario.GENUINE;
        }

        @Override
        public long eventTimeMillis() {
            return txTimeMillis;
        }
    }

    /**
     * The bank's word that a transaction was a fraud.
     *
     * @param fraud always 1
     */
    record Chargeback(
            long transactionId, long terminalId, long customerId, long txTimeMillis, int fraud, long reportedAtMillis)
            implements GeneratedEvent {

        @Override
        public long eventTimeMillis() {
            return reportedAtMillis;
        }
    }
}
