/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import static io.millrace.pipeline.expression.ExpressionType.BOOLEAN;
import static io.millrace.pipeline.expression.ExpressionType.NUMBER;
import static io.millrace.pipeline.expression.ExpressionType.TEXT;
import static io.millrace.pipeline.expression.ExpressionType.TIME;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.function.Function;
import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.NumberNode;
import io.millrace.pipeline.expression.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What to write instead where a value is of the wrong type. */
final class TypeCure {

    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");

    /** By what is wanted, and what was found. */
    private static final Map<ExpressionType, Map<ExpressionType, String>> CURES = Map.of(
            NUMBER,
            Map.of(
                    BOOLEAN, " Write condition ? 1 : 0 to make a number of it.",
                    TEXT, " Texts can be compared, and measured by size(text).",
                    TIME, " Take a part of it, such as hour(time), or a span, such as days_between(from, to)."),
            BOOLEAN,
            Map.of(
                    NUMBER, " Write a comparison, such as x != 0.",
                    TEXT, " Write a comparison, such as text == \"web\".",
                    TIME, " Write a comparison of two moments."),
            TEXT,
            Map.of(NUMBER, " Numbers cannot be made into texts.", TIME, " Moments cannot be made into texts."),
            TIME,
            Map.of(
                    NUMBER, " Give the field the logical type timestamp-millis in its schema.",
                    TEXT, " Give the field the logical type timestamp-millis in its schema."));

    private TypeCure() {}

    static String oneOf(List<ExpressionType> types) {
        String last = types.get(types.size() - 1).name();
        String others =
                types.stream().limit(types.size() - 1).map(ExpressionType::name).collect(Collectors.joining(", "));
        return others.isEmpty() ? last : others + " or " + last;
    }

    /** A sentence with a space before it; empty when there is nothing to advise. */
    static String of(Function function, int index, List<ExpressionType> wanted, Node found) {
        ExpressionType first = wanted.get(0);
        if (found.type() == TEXT && function.name().equals("+")) {
            return " Texts cannot be joined in an expression.";
        }
        if (found.type() == BOOLEAN && ORDERS.contains(function.name())) {
            return " Conditions have no order: join them with &&.";
        }
        if (first == NUMBER && found instanceof TextNode.Literal) {
            return " A number is written without quotes.";
        }
        if (first == TEXT && found instanceof NumberNode.Literal) {
            return " A text is written in quotes.";
        }
        if (first == TIME && found instanceof TextNode.Literal) {
            return " Write timestamp(\"2026-01-31T00:00:00Z\").";
        }
        boolean followsOthers = index > 0 && function.overloads().size() > 1;
        return followsOthers
                ? " Both must be of one type."
                : CURES.getOrDefault(first, Map.of()).getOrDefault(found.type(), "");
    }
}
