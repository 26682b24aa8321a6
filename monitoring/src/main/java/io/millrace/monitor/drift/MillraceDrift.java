/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Drift as Millrace defines it: integer counts on bins that the reference fixes, so that any order and any parallelism give
 * the same bits. Bins are those of a column's profile, with the ones below, above and for what is missing.
 */
public final class MillraceDrift {

    /** Added to each count before a ratio is taken (Laplace). */
    private static final double ADDED = 0.5;

    private static final double LN2 = Math.log(2);

    private MillraceDrift() {}

    /** The population stability index after ½ was added to each bin. */
    public static double psi(long[] reference, long[] current) {
        return Divergence.psi(Counts.shares(reference, ADDED), Counts.shares(current, ADDED));
    }

    /** The Jensen–Shannon distance, binary logarithm: from 0 to 1. */
    public static double jensenShannon(long[] reference, long[] current) {
        return Math.sqrt(Divergence.jensenShannon(Counts.shares(reference), Counts.shares(current)) / LN2);
    }

    public static double hellinger(long[] reference, long[] current) {
        return Divergence.hellinger(Counts.shares(reference), Counts.shares(current));
    }

    public static double infinity(long[] reference, long[] current) {
        return Divergence.infinity(Counts.shares(reference), Counts.shares(current));
    }

    /** Kolmogorov and Smirnov's D at the borders of the bins. */
    public static double kolmogorovSmirnov(long[] reference, long[] current) {
        return Divergence.kolmogorovSmirnov(Counts.shares(reference), Counts.shares(current));
    }

    /** The test of homogeneity on the bins. */
    public static ChiSquareStatistic chiSquare(long[] reference, long[] current) {
        return ChiSquareStatistic.ofHomogeneity(reference, current);
    }

    /**
     * The Wasserstein distance on the bins in standard deviations of the reference: ∫ |F − G| with both distribution functions
     * drawn straight between borders; what lies outside of the reference's range counts as if it lay at its end.
     *
     * @param borders ascending, one more than there are bins between them
     * @param reference counts: below the first border, between borders, above the last
     * @param deviation of the reference; 0 gives NaN
     */
    public static double wasserstein(double[] borders, long[] reference, long[] current, double deviation) {
        double[] r = Counts.shares(reference);
        double[] c = Counts.shares(current);
        double before = c[0] - r[0];
        double sum = 0;
        for (int i = 1; i < borders.length; i++) {
            double after = before + c[i] - r[i];
            sum += area(before, after) * (borders[i] - borders[i - 1]);
            before = after;
        }
        return deviation > 0 ? sum / deviation : Double.NaN;
    }

    /** The mean of |line| from one height to another. */
    private static double area(double from, double to) {
        if (from * to >= 0) {
            return Math.abs(from + to) / 2;
        }
        return (from * from + to * to) / (2 * Math.abs(to - from));
    }

    /**
     * The PSI that is exceeded with probability alpha where nothing changed: PSI / (1/n_r + 1/n_c) is then close to χ² with a
     * degree of freedom less than there are bins (METRICS.md 4i).
     */
    public static double psiByChance(long[] reference, long[] current, double alpha) {
        int bins = 0;
        for (int i = 0; i < reference.length; i++) {
            bins += reference[i] + current[i] > 0 ? 1 : 0;
        }
        if (bins < 2) {
            return 0;
        }
        double scale = 1.0 / Counts.total(reference) + 1.0 / Counts.total(current);
        return scale * ChiSquaredDistribution.of(bins - 1).inverseSurvivalProbability(alpha);
    }
}
