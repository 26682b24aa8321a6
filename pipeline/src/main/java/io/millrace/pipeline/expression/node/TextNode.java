/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Frame;
import org.jspecify.annotations.Nullable;

/** Yields a TEXT. */
@FunctionalInterface
public non-sealed interface TextNode extends Node {

    /** The text, or null when missing. */
    @Nullable
    String text(Frame frame);

    @Override
    default ExpressionType type() {
        return ExpressionType.TEXT;
    }

    /** A text written in the expression. */
    record Literal(String value) implements TextNode {
        @Override
        public String text(Frame frame) {
            return value;
        }
    }
}
