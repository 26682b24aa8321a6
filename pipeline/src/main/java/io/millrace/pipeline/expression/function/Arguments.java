/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.NumberNode;
import io.millrace.pipeline.expression.node.TextNode;
import io.millrace.pipeline.expression.node.TimeNode;
import io.millrace.pipeline.expression.node.TruthNode;
import java.util.List;

/** The arguments of a call, whose types the check has proved to be those of the overload's parameters. */
public record Arguments(List<Node> nodes) {

    NumberNode number(int index) {
        return (NumberNode) nodes.get(index);
    }

    TimeNode time(int index) {
        return (TimeNode) nodes.get(index);
    }

    TruthNode truth(int index) {
        return (TruthNode) nodes.get(index);
    }

    TextNode text(int index) {
        return (TextNode) nodes.get(index);
    }

    String literal(int index) {
        return ((TextNode.Literal) nodes.get(index)).value();
    }
}
