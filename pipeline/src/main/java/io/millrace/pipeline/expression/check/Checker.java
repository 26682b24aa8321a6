/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.ast.CelExpr;
import io.millrace.pipeline.expression.Scope;
import io.millrace.pipeline.expression.function.Operators;
import io.millrace.pipeline.expression.node.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proves that names and types fit, and makes the nodes. A part that cannot be made is null, its fault noted. */
public final class Checker {

    private final SyntaxTree tree;
    private final Faults faults;
    private final NameCheck names;
    private final CallCheck calls;
    private final MembershipCheck memberships;
    private int depth;

    public Checker(SyntaxTree tree, Scope scope) {
        this.tree = tree;
        this.faults = new Faults(tree);
        this.names = new NameCheck(scope, faults);
        this.calls = new CallCheck(this, faults);
        this.memberships = new MembershipCheck(this, faults);
    }

    /**
     * Makes the nodes of the whole expression.
     *
     * @throws io.millrace.pipeline.expression.ExpressionException with every fault that was found
     */
    public Node check() {
        Node root = node(tree.root());
        faults.throwIfAny();
        if (root == null) {
            throw new IllegalStateException(
                    "no node and no fault: " + tree.source().text());
        }
        return root;
    }

    /** The variables that the nodes read, in the order in which they first appear. */
    public List<Scope.Variable> variables() {
        return names.variables();
    }

    @Nullable
    Node node(CelExpr part) {
        if (depth == SyntaxTree.GREATEST_DEPTH) {
            return faults.refuse(part, SyntaxFault.tooDeep());
        }
        depth++;
        Node node = shallow(part);
        depth--;
        return node;
    }

    private @Nullable Node shallow(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> Literals.node(part, faults);
            case IDENT, SELECT -> names.node(part);
            case CALL -> part.call().function().equals(Operators.IN) ? memberships.node(part) : calls.node(part);
            case LIST -> faults.refuse(part, "a list may stand only after 'in'.");
            case MAP -> faults.refuse(part, "maps are not part of expressions. Choose by condition ? a : b.");
            case STRUCT -> faults.refuse(part, "records cannot be made in an expression.");
            case COMPREHENSION, NOT_SET -> throw new IllegalStateException("unexpanded macros only: " + part);
        };
    }
}
