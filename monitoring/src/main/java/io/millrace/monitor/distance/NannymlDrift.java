/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import java.util.Arrays;

/**
 * Drift as NannyML defines it (NannyML/nannyml at 4c86ee35, drift/univariate/methods.py): on Doane's bins of the reference,
 * and one more for what lies outside of them.
 */
public final class NannymlDrift {

    private static final double LN2 = Math.log(2);

    private NannymlDrift() {}

    /** The Jensen–Shannon distance: the root of the divergence, binary logarithm. */
    public static double jensenShannon(Sample reference, Sample current) {
        double[][] shares = shares(reference, current);
        return jensenShannon(shares[0], shares[1]);
    }

    public static double hellinger(Sample reference, Sample current) {
        double[][] shares = shares(reference, current);
        return Divergence.hellinger(shares[0], shares[1]);
    }

    /** Of counts of categories, those that the reference lacks at the end. */
    public static double jensenShannon(long[] reference, long[] current) {
        return jensenShannon(Counts.shares(reference), Counts.shares(current));
    }

    /** Of counts of categories. */
    public static double infinity(long[] reference, long[] current) {
        return Divergence.infinity(Counts.shares(reference), Counts.shares(current));
    }

    /** Of counts of categories: both are samples. */
    public static ChiSquareStatistic chiSquare(long[] reference, long[] current) {
        return ChiSquareStatistic.ofHomogeneity(reference, current);
    }

    private static double jensenShannon(double[] reference, double[] current) {
        return Math.sqrt(Divergence.jensenShannon(reference, current) / LN2);
    }

    private static double[][] shares(Sample reference, Sample current) {
        Bins bins = Bins.doane(reference);
        long[] expected = Arrays.copyOf(bins.count(reference), bins.size() + 1);
        long[] found = Arrays.copyOf(bins.count(current), bins.size() + 1);
        found[bins.size()] = current.size() - Counts.total(found);
        return new double[][] {Counts.shares(expected), Counts.shares(found)};
    }
}
