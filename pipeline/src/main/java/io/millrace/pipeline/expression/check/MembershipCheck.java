/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.node.Membership;
import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.NumberNode;
import io.millrace.pipeline.expression.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks {@code value in [literals]}. */
final class MembershipCheck {

    private final Checker checker;
    private final Faults faults;

    MembershipCheck(Checker checker, Faults faults) {
        this.checker = checker;
        this.faults = faults;
    }

    @Nullable
    Node node(CelExpr part) {
        CelExpr left = part.call().args().get(0);
        CelExpr list = part.call().args().get(1);
        Node value = checker.node(left);
        if (list.getKind() != Kind.LIST) {
            return faults.refuse(list, "'in' looks a value up in a list of literals, such as [\"web\", \"app\"].");
        }
        if (list.list().elements().isEmpty()) {
            return faults.refuse(list, "the list is empty.");
        }
        if (value == null) {
            return null;
        }
        if (value instanceof NumberNode number) {
            List<NumberNode.Literal> elements = elements(list, ExpressionType.NUMBER, NumberNode.Literal.class);
            return elements == null ? null : Membership.of(number, numbers(elements));
        }
        if (value instanceof TextNode text) {
            List<TextNode.Literal> elements = elements(list, ExpressionType.TEXT, TextNode.Literal.class);
            return elements == null ? null : Membership.of(text, texts(elements));
        }
        return faults.refuse(left, "the left side of 'in' is " + value.type() + ", not NUMBER or TEXT.");
    }

    private <T extends Node> @Nullable List<T> elements(CelExpr list, ExpressionType type, Class<T> literal) {
        List<T> elements = new ArrayList<>();
        List<CelExpr> parts = list.list().elements();
        for (int i = 0; i < parts.size(); i++) {
            Node element = checker.node(parts.get(i));
            if (literal.isInstance(element)) {
                elements.add(literal.cast(element));
            } else if (element != null) {
                faults.add(parts.get(i), wrong(i, element, type));
            }
        }
        return elements.size() == parts.size() ? elements : null;
    }

    private static String wrong(int index, Node element, ExpressionType type) {
        String place = "element " + (index + 1) + " of the list is ";
        return element.type() == type
                ? place + "not a literal. Compare with == and ||."
                : place + element.type() + ", not " + type + ".";
    }

    private static double[] numbers(List<NumberNode.Literal> elements) {
        return elements.stream().mapToDouble(NumberNode.Literal::value).toArray();
    }

    private static List<String> texts(List<TextNode.Literal> elements) {
        return elements.stream().map(TextNode.Literal::value).distinct().toList();
    }
}
