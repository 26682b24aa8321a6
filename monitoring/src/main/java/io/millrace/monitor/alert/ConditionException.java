/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

/** A text is not a condition: where, what was found, and the cure. */
public final class ConditionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int column;

    ConditionException(int column, String message) {
        super("column " + column + ": " + message);
        this.column = column;
    }

    /** Where in the text, from 1. */
    public int column() {
        return column;
    }
}
