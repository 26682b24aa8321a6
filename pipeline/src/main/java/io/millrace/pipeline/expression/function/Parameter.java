/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import io.millrace.pipeline.expression.ExpressionType;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes in one place.
 *
 * @param name of a function's parameter, or the role of an operator's side: {@code left side}
 * @param literal what a text literal must hold here; null: any expression of the type will do
 */
public record Parameter(
        String name, ExpressionType type, @Nullable LiteralKind literal) {

    static Parameter of(String name, ExpressionType type) {
        return new Parameter(name, type, null);
    }

    static Parameter literal(String name, LiteralKind kind) {
        return new Parameter(name, ExpressionType.TEXT, kind);
    }
}
