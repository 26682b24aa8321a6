/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The names that an expression may use. */
public interface Scope {

    /** The variable of that name, or null when there is none. */
    @Nullable
    Variable find(String name);

    /** Every name, for "did you mean". */
    Collection<String> names();

    /**
     * A name resolved to a slot of a {@link Frame}.
     *
     * @param slot index into the bank that the kind names
     */
    record Variable(String name, ExpressionType type, Bank bank, int slot) {
        public Variable {
            if ((type == ExpressionType.TEXT) != (bank == Bank.TEXTS)) {
                throw new IllegalArgumentException(name + ": " + type + " does not live in " + bank);
            }
        }
    }

    /** Which array of a frame holds a variable. */
    enum Bank {
        /** {@link Frame#numbers}: numbers, booleans (1, 0) and times (milliseconds) of the event; NaN is missing. */
        NUMBERS,
        /** {@link Frame#texts}; null is missing. */
        TEXTS,
        /** {@link Frame#features}: features computed so far; NaN is missing. */
        FEATURES
    }
}
