/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.node.Node;
import java.util.List;

/** One choice of types that a function takes, and what it then becomes. */
public record Overload(List<Parameter> parameters, ExpressionType result, Builder builder) {

    public Overload {
        parameters = List.copyOf(parameters);
    }

    static Overload of(ExpressionType result, Builder builder, Parameter... parameters) {
        return new Overload(List.of(parameters), result, builder);
    }

    public Node build(List<Node> arguments) {
        return builder.build(new Arguments(arguments));
    }

    /** Makes the node from its checked arguments. */
    @FunctionalInterface
    public interface Builder {
        Node build(Arguments arguments);
    }
}
