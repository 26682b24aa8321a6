/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/** One layer of a compiled network. Stateless. */
public interface Step {

    /** How many values it gives. */
    int outputs();

    /** Computes one row: reads {@code in} from {@code offset}, writes {@code out} from 0. */
    void apply(float[] in, int offset, float[] out);
}
