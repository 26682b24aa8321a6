/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on numbers. Each node makes sure that what leaves it is finite or missing. */
public final class Arithmetic {

    private Arithmetic() {}

    /** The value itself when it is finite, else the canonical NaN. */
    static double finite(double value) {
        return Math.abs(value) <= Double.MAX_VALUE ? value : Double.NaN;
    }

    public static NumberNode plus(NumberNode left, NumberNode right) {
        return frame -> finite(left.number(frame) + right.number(frame));
    }

    public static NumberNode minus(NumberNode left, NumberNode right) {
        return frame -> finite(left.number(frame) - right.number(frame));
    }

    public static NumberNode times(NumberNode left, NumberNode right) {
        return frame -> finite(left.number(frame) * right.number(frame));
    }

    public static NumberNode divide(NumberNode left, NumberNode right) {
        return frame -> finite(left.number(frame) / right.number(frame));
    }

    /** The remainder of a division that rounds toward zero: it has the sign of the left side. */
    public static NumberNode remainder(NumberNode left, NumberNode right) {
        return frame -> finite(left.number(frame) % right.number(frame));
    }

    public static NumberNode negate(NumberNode operand) {
        return frame -> finite(-operand.number(frame));
    }

    /** A function of one number; missing when the number is. */
    public static NumberNode apply(NumberNode x, DoubleUnaryOperator function) {
        return frame -> {
            double value = x.number(frame);
            return Double.isNaN(value) ? Double.NaN : finite(function.applyAsDouble(value));
        };
    }

    /** A function of two numbers; missing when either is. */
    public static NumberNode apply(NumberNode x, NumberNode y, DoubleBinaryOperator function) {
        return frame -> {
            double first = x.number(frame);
            double second = y.number(frame);
            return Double.isNaN(first) || Double.isNaN(second)
                    ? Double.NaN
                    : finite(function.applyAsDouble(first, second));
        };
    }

    /** The number, but at least {@code low} and at most {@code high}; missing when {@code low > high}. */
    public static NumberNode clamp(NumberNode x, NumberNode low, NumberNode high) {
        return frame -> {
            double lowest = low.number(frame);
            double highest = high.number(frame);
            return lowest <= highest ? Math.max(lowest, Math.min(highest, x.number(frame))) : Double.NaN;
        };
    }

    /** The time from one moment to another in a unit; negative when the second is the earlier. */
    public static NumberNode between(TimeNode from, TimeNode to, double unitMillis) {
        return frame -> finite((to.millis(frame) - from.millis(frame)) / unitMillis);
    }
}
