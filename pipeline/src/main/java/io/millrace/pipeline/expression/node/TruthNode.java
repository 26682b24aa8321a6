/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Frame;

/** Yields a BOOLEAN. */
@FunctionalInterface
public non-sealed interface TruthNode extends Node {

    /** {@code TRUE}, {@code FALSE} or {@code MISSING} of {@link io.millrace.pipeline.expression.Expression}. */
    byte truth(Frame frame);

    @Override
    default ExpressionType type() {
        return ExpressionType.BOOLEAN;
    }
}
