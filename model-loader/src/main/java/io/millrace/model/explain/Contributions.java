/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import org.jspecify.annotations.Nullable;

/**
 * What each input did to the output.
 *
 * @param of by input
 * @param output of the row
 * @param baseline the output of the row that it is compared with
 * @param changed of a counterfactual the inputs as they would have to be; null for other methods
 */
public record Contributions(double[] of, double output, double baseline, double @Nullable [] changed) {

    /** |Σ contributions − (output − baseline)|; NaN for a counterfactual, which leaves the rest as it is. */
    public double completenessError() {
        double sum = 0;
        for (double each : of) {
            sum += each;
        }
        return changed == null ? Math.abs(sum - (output - baseline)) : Double.NaN;
    }
}
