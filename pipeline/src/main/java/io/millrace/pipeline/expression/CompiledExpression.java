/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.NumberNode;
import io.millrace.pipeline.expression.node.TextNode;
import io.millrace.pipeline.expression.node.TimeNode;
import io.millrace.pipeline.expression.node.TruthNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as closures: the root of its own type, and constants for the types that it is not. */
final class CompiledExpression implements Expression {

    private final ExpressionType type;
    private final List<Scope.Variable> variables;
    private final NumberNode number;
    private final TruthNode truth;
    private final TextNode text;

    CompiledExpression(Node root, List<Scope.Variable> variables) {
        this.type = root.type();
        this.variables = List.copyOf(variables);
        this.number = asNumber(root);
        this.truth = root instanceof TruthNode own ? own : frame -> MISSING;
        this.text = root instanceof TextNode own ? own : frame -> null;
    }

    private static NumberNode asNumber(Node root) {
        if (root instanceof NumberNode own) {
            return own;
        }
        if (root instanceof TimeNode time) {
            return time::millis;
        }
        if (root instanceof TruthNode truth) {
            return frame -> {
                byte value = truth.truth(frame);
                return value == MISSING ? Double.NaN : value;
            };
        }
        return frame -> Double.NaN;
    }

    @Override
    public ExpressionType type() {
        return type;
    }

    @Override
    public List<Scope.Variable> variables() {
        return variables;
    }

    @Override
    public double number(Frame frame) {
        return number.number(frame);
    }

    @Override
    public byte truth(Frame frame) {
        return truth.truth(frame);
    }

    @Override
    public @Nullable String text(Frame frame) {
        return text.text(frame);
    }
}
