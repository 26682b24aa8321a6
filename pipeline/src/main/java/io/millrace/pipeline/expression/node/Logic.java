/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.FALSE;
import static io.millrace.pipeline.expression.Expression.MISSING;
import static io.millrace.pipeline.expression.Expression.TRUE;

/** The three-valued logic of CEL: missing yields to a side that decides alone. */
public final class Logic {

    private Logic() {}

    public static TruthNode literal(boolean value) {
        byte truth = Comparison.truth(value);
        return frame -> truth;
    }

    public static TruthNode not(TruthNode operand) {
        return frame -> {
            byte truth = operand.truth(frame);
            return truth == MISSING ? MISSING : Comparison.truth(truth == FALSE);
        };
    }

    /** False when either side is false, else missing when either is missing. */
    public static TruthNode and(TruthNode left, TruthNode right) {
        return frame -> {
            byte first = left.truth(frame);
            if (first == FALSE) {
                return FALSE;
            }
            byte second = right.truth(frame);
            return second == FALSE ? FALSE : first == MISSING ? MISSING : second;
        };
    }

    /** True when either side is true, else missing when either is missing. */
    public static TruthNode or(TruthNode left, TruthNode right) {
        return frame -> {
            byte first = left.truth(frame);
            if (first == TRUE) {
                return TRUE;
            }
            byte second = right.truth(frame);
            return second == TRUE ? TRUE : first == MISSING ? MISSING : second;
        };
    }
}
