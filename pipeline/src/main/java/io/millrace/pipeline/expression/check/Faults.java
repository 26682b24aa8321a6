/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.ast.CelExpr;
import io.millrace.pipeline.expression.ExpressionException;
import io.millrace.pipeline.expression.ExpressionException.Fault;
import io.millrace.pipeline.expression.node.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an expression, so that a person sees all of it at once. */
final class Faults {

    private final SyntaxTree tree;
    private final List<Fault> found = new ArrayList<>();

    Faults(SyntaxTree tree) {
        this.tree = tree;
    }

    /** Notes a fault at the start of a part. */
    void add(CelExpr part, String message) {
        found.add(tree.source().fault(tree.start(part), message));
    }

    /** Notes a fault at the start of a part; gives null, for the node that cannot be made. */
    @Nullable
    Node refuse(CelExpr part, String message) {
        add(part, message);
        return null;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
            throw new ExpressionException(found);
        }
    }
}
