/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Frame;

/** Yields a TIME. */
@FunctionalInterface
public non-sealed interface TimeNode extends Node {

    /** Milliseconds since the epoch, or NaN when missing. */
    double millis(Frame frame);

    @Override
    default ExpressionType type() {
        return ExpressionType.TIME;
    }
}
