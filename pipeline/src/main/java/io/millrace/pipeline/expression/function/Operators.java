/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static io.millrace.pipeline.expression.ExpressionType.BOOLEAN;
import static io.millrace.pipeline.expression.ExpressionType.NUMBER;
import static io.millrace.pipeline.expression.ExpressionType.TEXT;
import static io.millrace.pipeline.expression.ExpressionType.TIME;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.function.Function.Notation;
import io.millrace.pipeline.expression.node.Arithmetic;
import io.millrace.pipeline.expression.node.Choice;
import io.millrace.pipeline.expression.node.Comparison;
import io.millrace.pipeline.expression.node.Logic;
import io.millrace.pipeline.expression.node.NumberNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators, by the names that the parser of CEL gives them. {@code in}, which takes a list, stands apart. */
public final class Operators {

    public static final String IN = "@in";
    public static final String INDEX = "_[_]";

    private static final Map<String, Function> BY_PARSED_NAME = table();

    private Operators() {}

    public static @Nullable Function find(String parsedName) {
        return BY_PARSED_NAME.get(parsedName);
    }

    /** Whether the parser gives this name to an operator, {@code in} and the index included. */
    public static boolean isOperator(String parsedName) {
        return BY_PARSED_NAME.containsKey(parsedName) || parsedName.equals(IN) || parsedName.equals(INDEX);
    }

    /** Whether the parser gives this name to an operator that stands before its operand. */
    public static boolean isPrefix(String parsedName) {
        return parsedName.equals("-_") || parsedName.equals("!_");
    }

    public static Collection<Function> all() {
        return Collections.unmodifiableCollection(BY_PARSED_NAME.values());
    }

    private static Map<String, Function> table() {
        Map<String, Function> table = new LinkedHashMap<>();
        table.put("_+_", arithmetic("+", "The sum.", Arithmetic::plus));
        table.put("_-_", arithmetic("-", "The difference.", Arithmetic::minus));
        table.put("_*_", arithmetic("*", "The product.", Arithmetic::times));
        table.put("_/_", arithmetic("/", "The quotient; missing when the right side is 0.", Arithmetic::divide));
        table.put(
                "_%_",
                arithmetic(
                        "%",
                        "The remainder, with the sign of the left side; missing when the right side is 0.",
                        Arithmetic::remainder));
        table.put("-_", negation());
        table.put("_==_", equality("==", "Whether both sides are the same.", Comparison.EQUAL));
        table.put("_!=_", equality("!=", "Whether the sides differ.", Comparison.UNEQUAL));
        table.put("_<_", order("<", "Whether the left side is less, or earlier.", Comparison.LESS));
        table.put("_<=_", order("<=", "Whether the left side is not greater, or not later.", Comparison.LESS_OR_EQUAL));
        table.put("_>_", order(">", "Whether the left side is greater, or later.", Comparison.GREATER));
        table.put(
                "_>=_", order(">=", "Whether the left side is not less, or not earlier.", Comparison.GREATER_OR_EQUAL));
        table.put("_&&_", and());
        table.put("_||_", or());
        table.put("!_", not());
        table.put("_?_:_", choice());
        return table;
    }

    private static Function arithmetic(String symbol, String summary, BinaryOperator<NumberNode> builder) {
        return Function.of(
                symbol,
                Notation.OPERATOR,
                summary,
                binary(NUMBER, NUMBER, a -> builder.apply(a.number(0), a.number(1))));
    }

    private static Function negation() {
        return Function.of(
                "-",
                Notation.OPERATOR,
                "The opposite.",
                Overload.of(NUMBER, a -> Arithmetic.negate(a.number(0)), Parameter.of("operand", NUMBER)));
    }

    private static Function equality(String symbol, String summary, Comparison comparison) {
        return Function.of(
                symbol,
                Notation.OPERATOR,
                summary,
                binary(NUMBER, BOOLEAN, a -> comparison.ofNumbers(a.number(0), a.number(1))),
                binary(TIME, BOOLEAN, a -> comparison.ofTimes(a.time(0), a.time(1))),
                binary(TEXT, BOOLEAN, a -> comparison.ofTexts(a.text(0), a.text(1))),
                binary(BOOLEAN, BOOLEAN, a -> comparison.ofTruths(a.truth(0), a.truth(1))));
    }

    private static Function order(String symbol, String summary, Comparison comparison) {
        return Function.of(
                symbol,
                Notation.OPERATOR,
                summary,
                binary(NUMBER, BOOLEAN, a -> comparison.ofNumbers(a.number(0), a.number(1))),
                binary(TIME, BOOLEAN, a -> comparison.ofTimes(a.time(0), a.time(1))),
                binary(TEXT, BOOLEAN, a -> comparison.ofTexts(a.text(0), a.text(1))));
    }

    private static Function and() {
        return Function.of(
                "&&",
                Notation.OPERATOR,
                "Whether both sides are true. One false side decides, even when the other is missing.",
                binary(BOOLEAN, BOOLEAN, a -> Logic.and(a.truth(0), a.truth(1))));
    }

    private static Function or() {
        return Function.of(
                "||",
                Notation.OPERATOR,
                "Whether a side is true. One true side decides, even when the other is missing.",
                binary(BOOLEAN, BOOLEAN, a -> Logic.or(a.truth(0), a.truth(1))));
    }

    private static Function not() {
        return Function.of(
                "!",
                Notation.OPERATOR,
                "Whether the operand is false.",
                Overload.of(BOOLEAN, a -> Logic.not(a.truth(0)), Parameter.of("operand", BOOLEAN)));
    }

    private static Function choice() {
        return Function.of(
                "?:",
                Notation.OPERATOR,
                "The first branch when the condition is true, the second when it is false; only that branch counts.",
                choice(NUMBER, a -> Choice.ofNumbers(a.truth(0), a.number(1), a.number(2))),
                choice(TIME, a -> Choice.ofTimes(a.truth(0), a.time(1), a.time(2))),
                choice(TEXT, a -> Choice.ofTexts(a.truth(0), a.text(1), a.text(2))),
                choice(BOOLEAN, a -> Choice.ofTruths(a.truth(0), a.truth(1), a.truth(2))));
    }

    private static Overload binary(ExpressionType sides, ExpressionType result, Overload.Builder builder) {
        return Overload.of(result, builder, Parameter.of("left side", sides), Parameter.of("right side", sides));
    }

    private static Overload choice(ExpressionType branches, Overload.Builder builder) {
        return Overload.of(
                branches,
                builder,
                Parameter.of("condition", BOOLEAN),
                Parameter.of("first branch", branches),
                Parameter.of("second branch", branches));
    }
}
