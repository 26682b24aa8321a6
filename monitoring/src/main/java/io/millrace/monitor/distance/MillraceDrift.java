/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import io.millrace.monitor.statistics.ChiSquare;

/**
 * Drift as Millrace defines it: integer counts on bins that the reference fixes, so that any order and any parallelism give
 * the same bits. Bins are those of a column's profile, with the ones below, above and for what is missing.
 */
public final class MillraceDrift {

    /** Added to each count before a ratio is taken (Laplace). */
    private static final double ADDED = 0.5;

    private static final int MOST_TERMS = 100;
    private static final double LEAST_EXPECTED = 5;

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

    /** Kullback and Leibler's divergence of the reference from the current counts, after ½ was added to each bin. */
    public static double kullbackLeibler(long[] reference, long[] current) {
        return Divergence.kullbackLeibler(Counts.shares(reference, ADDED), Counts.shares(current, ADDED));
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

    /** The p-value of D by its limiting distribution; on bins it errs towards 1. */
    public static double kolmogorovSmirnovP(long[] reference, long[] current) {
        double d = kolmogorovSmirnov(reference, current);
        double x = d / Math.sqrt(1.0 / Counts.total(reference) + 1.0 / Counts.total(current));
        double sum = 0;
        for (int k = 1; k <= MOST_TERMS; k++) {
            double term = 2 * Math.exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
        }
        return x == 0 ? 1 : Math.max(0, Math.min(1, sum));
    }

    /**
     * The greatest difference of distribution functions that chance exceeds with at most this probability where nothing changed
     * (Smirnov's limit, first term): √(ln(2/α) / 2 · (1/n_r + 1/n_c)).
     */
    public static double stepsByChance(long[] reference, long[] current, double alpha) {
        double scale = 1.0 / Counts.total(reference) + 1.0 / Counts.total(current);
        return Math.sqrt(Math.log(2 / alpha) / 2 * scale);
    }

    /**
     * The test of homogeneity on the bins. Those in which fewer than five rows are expected on either side count as one (Cochran's
     * rule): a single value outside of the reference's range would alarm otherwise.
     */
    public static ChiSquareStatistic chiSquare(long[] reference, long[] current) {
        double share = Math.min(Counts.total(reference), Counts.total(current))
                / ((double) Counts.total(reference) + Counts.total(current));
        long[] r = new long[reference.length + 1];
        long[] c = new long[reference.length + 1];
        int rare = reference.length;
        for (int i = 0; i < reference.length; i++) {
            boolean often = (reference[i] + current[i]) * share >= LEAST_EXPECTED;
            r[often ? i : rare] += reference[i];
            c[often ? i : rare] += current[i];
        }
        if ((r[rare] + c[rare]) * share < LEAST_EXPECTED) {
            moveToLeast(rare, r, c);
        }
        return ChiSquareStatistic.ofHomogeneity(r, c);
    }

    /** What is rare even taken together joins the bin that is the next least. */
    private static void moveToLeast(int rare, long[] r, long[] c) {
        int least = -1;
        for (int i = 0; i < rare; i++) {
            long both = r[i] + c[i];
            least = both > 0 && (least < 0 || both < r[least] + c[least]) ? i : least;
        }
        if (least >= 0) {
            r[least] += r[rare];
            c[least] += c[rare];
            r[rare] = 0;
            c[rare] = 0;
        }
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
        return scale * ChiSquare.quantile(bins - 1.0, alpha);
    }
}
