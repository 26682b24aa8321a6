/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static io.millrace.pipeline.expression.ExpressionType.NUMBER;

import io.millrace.pipeline.expression.function.Function.Notation;
import io.millrace.pipeline.expression.node.Arithmetic;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. Where {@code Math} may differ between machines, {@code StrictMath} computes. */
final class NumberFunctions {

    private NumberFunctions() {}

    static List<Function> all() {
        return List.of(
                unary("abs", "The absolute value.", Math::abs),
                unary("sign", "-1, 0 or 1, as the number is negative, 0 or positive.", Math::signum),
                unary("floor", "The greatest whole number that is not greater.", Math::floor),
                unary("ceil", "The smallest whole number that is not smaller.", Math::ceil),
                unary("round", "The nearest whole number; halves go away from 0.", NumberFunctions::round),
                unary("sqrt", "The square root; missing below 0.", Math::sqrt),
                unary("exp", "e to the power of x.", StrictMath::exp),
                unary("log", "The natural logarithm; missing at 0 and below.", StrictMath::log),
                unary("log10", "The decimal logarithm; missing at 0 and below.", StrictMath::log10),
                unary("log1p", "log(1 + x), exact near 0; missing at -1 and below.", StrictMath::log1p),
                binary("pow", "base", "exponent", "The base to the power of the exponent.", StrictMath::pow),
                binary("min", "x", "y", "The smaller number.", Math::min),
                binary("max", "x", "y", "The greater number.", Math::max),
                clamp());
    }

    private static Function unary(String name, String summary, DoubleUnaryOperator function) {
        return Function.of(
                name,
                Notation.CALL,
                summary,
                Overload.of(NUMBER, a -> Arithmetic.apply(a.number(0), function), Parameter.of("x", NUMBER)));
    }

    private static Function binary(
            String name, String first, String second, String summary, DoubleBinaryOperator function) {
        return Function.of(
                name,
                Notation.CALL,
                summary,
                Overload.of(
                        NUMBER,
                        a -> Arithmetic.apply(a.number(0), a.number(1), function),
                        Parameter.of(first, NUMBER),
                        Parameter.of(second, NUMBER)));
    }

    private static Function clamp() {
        return Function.of(
                "clamp",
                Notation.CALL,
                "x, but at least low and at most high; missing when low is greater than high.",
                Overload.of(
                        NUMBER,
                        a -> Arithmetic.clamp(a.number(0), a.number(1), a.number(2)),
                        Parameter.of("x", NUMBER),
                        Parameter.of("low", NUMBER),
                        Parameter.of("high", NUMBER)));
    }

    private static double round(double x) {
        double whole = Math.floor(Math.abs(x));
        double nearest = Math.abs(x) - whole >= 0.5 ? whole + 1 : whole;
        return Math.copySign(nearest, x);
    }
}
