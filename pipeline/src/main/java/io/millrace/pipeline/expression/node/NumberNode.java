/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Frame;

/** Yields a NUMBER. */
@FunctionalInterface
public non-sealed interface NumberNode extends Node {

    /** A finite number, or NaN when missing. */
    double number(Frame frame);

    @Override
    default ExpressionType type() {
        return ExpressionType.NUMBER;
    }

    /** A number written in the expression. */
    record Literal(double value) implements NumberNode {
        @Override
        public double number(Frame frame) {
            return value;
        }
    }
}
