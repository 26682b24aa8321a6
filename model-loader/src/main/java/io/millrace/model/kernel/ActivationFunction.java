/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/** An activation function. */
interface ActivationFunction {

    /** Replaces the first {@code count} values, which are one row, by the function of them. */
    void apply(float[] values, int count);
}
