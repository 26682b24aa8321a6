/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

/**
 * What an aggregate computes over its window. Over an empty window {@code COUNT} and {@code SUM} are 0, the others are
 * missing; a missing operand is not an entry.
 */
public enum AggregateFunction {
    COUNT,
    SUM,
    MEAN,
    MIN,
    MAX,
    /** The sample variance (divisor n - 1); missing below two entries. */
    VARIANCE,
    /** The square root of the sample variance. */
    STDDEV,
    /** The latest value by the entries' time. */
    LAST
}
