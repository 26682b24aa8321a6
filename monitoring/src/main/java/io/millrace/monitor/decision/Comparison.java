/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/** How much more a challenger is worth per event than the champion, with a confidence sequence. */
public sealed interface Comparison permits PairedComparison, ArmComparison {

    /** The mean difference, challenger less champion; NaN before there is one. */
    double difference();

    /** With probability 1 − α the true difference is never below this. */
    double lower();

    /** With probability 1 − α the true difference is never above this. */
    double upper();

    /** How many values of the challenger were compared. */
    long challengerRows();

    /** How many values lay beyond the bounds and were clipped. */
    long clipped();
}
