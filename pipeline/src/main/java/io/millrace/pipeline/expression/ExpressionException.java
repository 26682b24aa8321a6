/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An expression that cannot be compiled. The message holds every fault, each with its place in the text, what was found
 * and the cure: {@code 1:7: nothing is called 'amuont' here. Did you mean 'amount'?}.
 */
public final class ExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<Fault> faults;

    public ExpressionException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining(" ")));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of the text. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One thing that is wrong.
     *
     * @param line from 1, within the expression
     * @param column from 1, in Unicode code points
     * @param message what was found and the cure
     */
    public record Fault(int line, int column, String message) implements Serializable {
        @Override
        public String toString() {
            return line + ":" + column + ": " + message;
        }
    }
}
