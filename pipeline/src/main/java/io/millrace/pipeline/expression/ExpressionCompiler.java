/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import io.millrace.pipeline.expression.check.Checker;
import io.millrace.pipeline.expression.check.SyntaxTree;

/** The way from the text of an expression to something that can be evaluated. */
public final class ExpressionCompiler {

    private ExpressionCompiler() {}

    /**
     * Parses, checks and compiles an expression.
     *
     * @throws ExpressionException when the text is not an expression, or names, types or arguments do not fit; it holds
     *     every fault
     */
    public static Expression compile(String text, Scope scope) {
        Checker checker = new Checker(SyntaxTree.parse(text), scope);
        return new CompiledExpression(checker.check(), checker.variables());
    }
}
