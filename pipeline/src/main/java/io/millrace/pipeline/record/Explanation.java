/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * Which features made a score what it is.
 *
 * @param method by which contributions were found
 * @param baseline what a row is compared with; empty when it was skipped
 * @param features the names of the reasons, the greatest contribution first
 * @param values what the event's values were, of a counterfactual what they would have to be; NaN is missing
 * @param contributions to the network's last output, in its units
 * @param completenessError |Σ of all contributions − (output − output of the baseline)|; NaN where it means nothing
 * @param skipped why there is none; null when there is one
 */
public record Explanation(
        String method,
        String baseline,
        String[] features,
        double[] values,
        double[] contributions,
        double completenessError,
        @Nullable String skipped) {

    /** Time ran out. */
    public static final String BUDGET = "budget";

    private static final String[] NO_FEATURES = {};
    private static final double[] NO_NUMBERS = {};

    /** None was made. */
    public static Explanation skipped(String method, String why) {
        return new Explanation(method, "", NO_FEATURES, NO_NUMBERS, NO_NUMBERS, Double.NaN, why);
    }
}
