/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.FALSE;
import static io.millrace.pipeline.expression.Expression.MISSING;
import static io.millrace.pipeline.expression.Expression.TRUE;

import io.millrace.pipeline.expression.Scope;

/** Nodes that read a variable. A value that is not finite is missing. */
public final class Slots {

    private Slots() {}

    public static Node read(Scope.Variable variable) {
        return switch (variable.type()) {
            case NUMBER -> number(variable);
            case TIME -> {
                NumberNode millis = number(variable);
                yield (TimeNode) millis::number;
            }
            case BOOLEAN -> truth(number(variable));
            case TEXT -> text(variable.slot());
        };
    }

    private static NumberNode number(Scope.Variable variable) {
        int slot = variable.slot();
        return switch (variable.bank()) {
            case NUMBERS -> frame -> Arithmetic.finite(frame.numbers[slot]);
            case FEATURES -> frame -> Arithmetic.finite(frame.features[slot]);
            case TEXTS -> throw new IllegalArgumentException(variable + " is no text, but its bank holds texts");
        };
    }

    private static TruthNode truth(NumberNode slot) {
        return frame -> {
            double value = slot.number(frame);
            if (Double.isNaN(value)) {
                return MISSING;
            }
            return value != 0 ? TRUE : FALSE;
        };
    }

    private static TextNode text(int slot) {
        return frame -> frame.texts[slot];
    }
}
