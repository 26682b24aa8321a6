/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.Frame;

/**
 * One feature computed by an expression.
 *
 * @param slot the feature's index in the vector
 * @param whenMissing what stands in for a missing value; NaN: nothing does
 */
record ValueProgram(int slot, Expression expression, double whenMissing) {

    double value(Frame frame) {
        double value = expression.number(frame);
        return Double.isNaN(value) ? whenMissing : value;
    }
}
