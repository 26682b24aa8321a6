/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.ast.CelExpr;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.function.Function;
import io.millrace.pipeline.expression.function.FunctionTable;
import io.millrace.pipeline.expression.function.LiteralKind;
import io.millrace.pipeline.expression.function.Operators;
import io.millrace.pipeline.expression.function.Overload;
import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.TextNode;
import io.millrace.pipeline.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the function or operator that a call names, and the overload whose types fit. */
final class CallCheck {

    private final Checker checker;
    private final Faults faults;

    CallCheck(Checker checker, Faults faults) {
        this.checker = checker;
        this.faults = faults;
    }

    @Nullable
    Node node(CelExpr part) {
        CelExpr.CelCall call = part.call();
        Function operator = Operators.find(call.function());
        if (operator != null) {
            return resolve(part, operator, call.args());
        }
        if (call.function().equals(Operators.INDEX)) {
            return faults.refuse(part, "elements of lists and maps cannot be read by [ ].");
        }
        Function function = FunctionTable.find(call.function());
        if (function == null) {
            return faults.refuse(part, unknown(call.function()));
        }
        boolean method = call.target().isPresent();
        if (method ? !function.notation().allowsMethod() : !function.notation().allowsCall()) {
            return faults.refuse(part, "'" + function.name() + "' is written " + forms(function) + ".");
        }
        return resolve(part, function, arguments(call));
    }

    private static List<CelExpr> arguments(CelExpr.CelCall call) {
        List<CelExpr> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        return arguments;
    }

    private static String unknown(String name) {
        String cure = Refusals.ofFunction(name);
        return cure == null
                ? "no function is called '" + name + "'." + Problems.suggest(name, FunctionTable.names())
                : "'" + name + "' is not part of expressions. " + cure;
    }

    private @Nullable Node resolve(CelExpr part, Function function, List<CelExpr> arguments) {
        List<Node> nodes = new ArrayList<>();
        for (CelExpr argument : arguments) {
            Node node = checker.node(argument);
            if (node != null) {
                nodes.add(node);
            }
        }
        if (nodes.size() < arguments.size()) {
            return null;
        }
        Overload overload = overload(part, function, arguments, nodes);
        return overload == null || !literalsHold(function, overload, arguments, nodes) ? null : overload.build(nodes);
    }

    private @Nullable Overload overload(CelExpr part, Function function, List<CelExpr> arguments, List<Node> nodes) {
        List<Overload> candidates = function.overloads().stream()
                .filter(overload -> overload.parameters().size() == nodes.size())
                .toList();
        if (candidates.isEmpty()) {
            faults.add(part, arity(function, nodes.size()));
            return null;
        }
        for (int i = 0; i < nodes.size(); i++) {
            List<Overload> fitting = fitting(candidates, i, nodes.get(i).type());
            if (fitting.isEmpty()) {
                faults.add(arguments.get(i), mismatch(function, i, candidates, nodes.get(i)));
                return null;
            }
            candidates = fitting;
        }
        return candidates.get(0);
    }

    private static String arity(Function function, int found) {
        return "'" + function.name() + "' is written " + forms(function) + ", found " + found
                + (found == 1 ? " argument." : " arguments.");
    }

    private static List<Overload> fitting(List<Overload> candidates, int index, ExpressionType type) {
        return candidates.stream()
                .filter(overload -> overload.parameters().get(index).type() == type)
                .toList();
    }

    private static String mismatch(Function function, int index, List<Overload> candidates, Node found) {
        LiteralKind kind = candidates.get(0).parameters().get(index).literal();
        if (kind != null) {
            return noLiteral(function, index, kind);
        }
        List<ExpressionType> wanted = candidates.stream()
                .map(overload -> overload.parameters().get(index).type())
                .distinct()
                .toList();
        return function.place(index) + " is " + found.type() + ", not " + TypeCure.oneOf(wanted) + "."
                + TypeCure.of(function, index, wanted, found);
    }

    private boolean literalsHold(Function function, Overload overload, List<CelExpr> arguments, List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            LiteralKind kind = overload.parameters().get(i).literal();
            String refusal = kind == null ? null : refusal(function, i, kind, nodes.get(i));
            if (refusal != null) {
                faults.add(arguments.get(i), refusal);
                return false;
            }
        }
        return true;
    }

    private static @Nullable String refusal(Function function, int index, LiteralKind kind, Node node) {
        return node instanceof TextNode.Literal literal
                ? kind.refuse(literal.value())
                : noLiteral(function, index, kind);
    }

    private static String noLiteral(Function function, int index, LiteralKind kind) {
        return function.place(index) + " must be " + kind.meaning() + " in quotes, such as \"" + kind.example() + "\".";
    }

    private static String forms(Function function) {
        return String.join(" or ", function.forms());
    }
}
