/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.statistics;

import java.util.Arrays;

/**
 * Which of many hypotheses to reject, so that the expected share of wrong rejections stays at or under a rate (Benjamini and
 * Hochberg, 1995).
 */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /**
     * The greatest p-value that is rejected; negative infinity when none is.
     *
     * @param pValues in any order; NaN takes no part
     * @param rate between 0 and 1
     */
    public static double threshold(double[] pValues, double rate) {
        double[] sorted =
                Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).sorted().toArray();
        for (int rank = sorted.length; rank > 0; rank--) {
            if (sorted[rank - 1] <= rate * rank / sorted.length) {
                return sorted[rank - 1];
            }
        }
        return Double.NEGATIVE_INFINITY;
    }
}
