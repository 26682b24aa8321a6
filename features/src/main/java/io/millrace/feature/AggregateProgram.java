/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.spec.AggregateFunction;

/**
 * One aggregate, resolved.
 *
 * @param slot the feature's index in the vector
 * @param column the column of its group's block, or {@link #EVERY_ENTRY} to count entries
 * @param whenMissing what stands in for a missing value; NaN: nothing does
 * @param newer of a step of a sequence: how many newer values it passes over
 * @param allowsNullKey whether the pipeline says what a missing value of this feature becomes
 */
record AggregateProgram(
        int slot,
        AggregateFunction function,
        int column,
        long overMillis,
        long delayMillis,
        double whenMissing,
        int newer,
        boolean allowsNullKey) {

    static final int EVERY_ENTRY = -1;

    /** The aggregate over {@code (t - delay - over, t - delay]}. */
    double value(long eventTimeMillis, Block block) {
        long end = eventTimeMillis - delayMillis;
        int from = block.firstAfter(end - overMillis);
        int to = block.firstAfter(end);
        if (column == EVERY_ENTRY) {
            return to - from;
        }
        double value = function == AggregateFunction.LAST
                ? Aggregation.last(block.column(column), from, to, newer)
                : Aggregation.of(function, block.column(column), from, to);
        return Double.isNaN(value) ? whenMissing : value;
    }
}
