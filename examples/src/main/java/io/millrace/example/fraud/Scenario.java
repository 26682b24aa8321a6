/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

/** What a transaction really is. Nobody sees it on the wire: fraud becomes known by its chargeback. */
public enum Scenario {
    GENUINE,

    /** A stolen card number is used once, for far more than its owner ever spends. */
    LARGE_AMOUNT,

    /** A terminal copies cards for weeks: most payments at it are frauds, of ordinary amounts. */
    COMPROMISED_TERMINAL,

    /** A stolen card is used beside its owner for days: some payments are several times larger, anywhere. */
    COMPROMISED_CUSTOMER
}
