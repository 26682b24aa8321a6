/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** The χ² distribution. */
public final class ChiSquare {

    private ChiSquare() {}

    /** The probability of a greater statistic; 1 at 0 and below, 0 at infinity, NaN without degrees of freedom. */
    public static double upperTail(double statistic, double degrees) {
        if (!(degrees > 0) || Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (statistic <= 0 || Double.isInfinite(statistic)) {
            return statistic <= 0 ? 1 : 0;
        }
        return ChiSquaredDistribution.of(degrees).survivalProbability(statistic);
    }

    /** The statistic that is exceeded with this probability. */
    public static double quantile(double degrees, double upperTail) {
        return ChiSquaredDistribution.of(degrees).inverseSurvivalProbability(upperTail);
    }
}
