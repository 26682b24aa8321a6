/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.millrace.pipeline.expression.node.Logic;
import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.NumberNode;
import io.millrace.pipeline.expression.node.TextNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Makes nodes of literals. Every number is a double. */
final class Literals {

    private Literals() {}

    static @Nullable Node node(CelExpr part, Faults faults) {
        CelConstant literal = part.constant();
        return switch (literal.getKind()) {
            case BOOLEAN_VALUE -> Logic.literal(literal.booleanValue());
            case STRING_VALUE -> new TextNode.Literal(literal.stringValue());
            case INT64_VALUE -> whole(part, literal.int64Value(), faults);
            case DOUBLE_VALUE -> fraction(part, literal.doubleValue(), faults);
            case UINT64_VALUE -> faults.refuse(part, "numbers have no suffix. Write " + literal.uint64Value() + ".");
            case NULL_VALUE -> faults.refuse(part, "'null' is not part of expressions. Write is_missing(x).");
            case BYTES_VALUE -> faults.refuse(part, "bytes are not part of expressions. Write a text without b.");
            case DURATION_VALUE, TIMESTAMP_VALUE, NOT_SET ->
                throw new IllegalStateException("no literal of CEL: " + literal);
        };
    }

    private static @Nullable Node whole(CelExpr part, long value, Faults faults) {
        double number = value;
        if (new BigDecimal(number).compareTo(BigDecimal.valueOf(value)) != 0) {
            return faults.refuse(
                    part,
                    value + " is not exact as a double, which is what every number here is. Carry such an identity as a"
                            + " text.");
        }
        return new NumberNode.Literal(number);
    }

    private static @Nullable Node fraction(CelExpr part, double value, Faults faults) {
        return Double.isFinite(value)
                ? new NumberNode.Literal(value)
                : faults.refuse(part, "this number is too great for a double.");
    }
}
