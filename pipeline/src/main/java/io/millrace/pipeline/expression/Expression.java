/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. What it yields depends on the frame alone; one instance may be used by one thread at a time, with
 * any frame.
 */
public interface Expression {

    byte FALSE = 0;
    byte TRUE = 1;
    byte MISSING = -1;

    ExpressionType type();

    /** The variables that it reads, each once, in the order in which they first appear. */
    List<Scope.Variable> variables();

    /** The value of a NUMBER, a TIME (milliseconds) or a BOOLEAN (1, 0); NaN is missing. TEXT: always NaN. */
    double number(Frame frame);

    /** The value of a BOOLEAN: {@link #TRUE}, {@link #FALSE} or {@link #MISSING}. Other types: MISSING. */
    byte truth(Frame frame);

    /** The value of a TEXT; null is missing. Other types: null. */
    @Nullable
    String text(Frame frame);
}
