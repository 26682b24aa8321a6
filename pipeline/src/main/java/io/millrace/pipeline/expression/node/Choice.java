/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.FALSE;
import static io.millrace.pipeline.expression.Expression.MISSING;
import static io.millrace.pipeline.expression.Expression.TRUE;

/** One of two values by a condition. Only the chosen one is evaluated. */
public final class Choice {

    private Choice() {}

    public static NumberNode ofNumbers(TruthNode condition, NumberNode whenTrue, NumberNode whenFalse) {
        return frame -> {
            byte truth = condition.truth(frame);
            if (truth == TRUE) {
                return whenTrue.number(frame);
            }
            return truth == FALSE ? whenFalse.number(frame) : Double.NaN;
        };
    }

    public static TimeNode ofTimes(TruthNode condition, TimeNode whenTrue, TimeNode whenFalse) {
        return ofNumbers(condition, whenTrue::millis, whenFalse::millis)::number;
    }

    public static TruthNode ofTruths(TruthNode condition, TruthNode whenTrue, TruthNode whenFalse) {
        return frame -> {
            byte truth = condition.truth(frame);
            if (truth == TRUE) {
                return whenTrue.truth(frame);
            }
            return truth == FALSE ? whenFalse.truth(frame) : MISSING;
        };
    }

    public static TextNode ofTexts(TruthNode condition, TextNode whenTrue, TextNode whenFalse) {
        return frame -> {
            byte truth = condition.truth(frame);
            if (truth == TRUE) {
                return whenTrue.text(frame);
            }
            return truth == FALSE ? whenFalse.text(frame) : null;
        };
    }
}
