/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

/** What an expression or a variable yields. */
public enum ExpressionType {
    /** A finite double, or missing. */
    NUMBER,
    BOOLEAN,
    TEXT,
    /** Milliseconds since the epoch. */
    TIME
}
