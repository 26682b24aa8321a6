/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.MISSING;

/** One of two values by which is there, and whether a value is there. */
public final class Coalesce {

    private Coalesce() {}

    public static NumberNode ofNumbers(NumberNode first, NumberNode second) {
        return frame -> {
            double value = first.number(frame);
            return Double.isNaN(value) ? second.number(frame) : value;
        };
    }

    public static TimeNode ofTimes(TimeNode first, TimeNode second) {
        return ofNumbers(first::millis, second::millis)::number;
    }

    public static TruthNode ofTruths(TruthNode first, TruthNode second) {
        return frame -> {
            byte truth = first.truth(frame);
            return truth == MISSING ? second.truth(frame) : truth;
        };
    }

    public static TextNode ofTexts(TextNode first, TextNode second) {
        return frame -> {
            String text = first.text(frame);
            return text == null ? second.text(frame) : text;
        };
    }

    public static TruthNode isMissingNumber(NumberNode operand) {
        return frame -> Comparison.truth(Double.isNaN(operand.number(frame)));
    }

    public static TruthNode isMissingTime(TimeNode operand) {
        return isMissingNumber(operand::millis);
    }

    public static TruthNode isMissingTruth(TruthNode operand) {
        return frame -> Comparison.truth(operand.truth(frame) == MISSING);
    }

    public static TruthNode isMissingText(TextNode operand) {
        return frame -> Comparison.truth(operand.text(frame) == null);
    }
}
