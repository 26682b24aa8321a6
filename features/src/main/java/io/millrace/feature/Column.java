/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What an entry contributes to the aggregates of one operand and one condition.
 *
 * @param id outlives builds: of the canonical text of both
 * @param operand null: every entry contributes 1
 * @param where null: every entry counts
 */
record Column(
        long id, @Nullable Expression operand, @Nullable Expression where) {

    /** The contribution; NaN when the entry does not count. */
    double value(Frame frame) {
        if (where != null && where.truth(frame) != Expression.TRUE) {
            return Double.NaN;
        }
        return operand == null ? 1 : operand.number(frame);
    }
}
