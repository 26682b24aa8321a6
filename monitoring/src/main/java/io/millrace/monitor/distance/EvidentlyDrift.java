/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import java.util.TreeMap;

/**
 * Drift as Evidently defines it (evidentlyai/evidently at a4aa4c2b, legacy/calculations/stattests): on Sturges's bins of both
 * samples together, or one bin per value where the reference has at most 20 of them.
 */
public final class EvidentlyDrift {

    private static final int MOST_DISTINCT = 20;
    private static final double SMALL_SHARE = 1e-4;
    private static final double SMALLER = 1e6;
    private static final double LEAST_DEVIATION = 1e-3;

    private EvidentlyDrift() {}

    public static double psi(Sample reference, Sample current) {
        return binned(reference, current).psi();
    }

    /** The Jensen–Shannon distance: the root of the divergence, natural logarithm. */
    public static double jensenShannon(Sample reference, Sample current) {
        return binned(reference, current).jensenShannon();
    }

    public static double kullbackLeibler(Sample reference, Sample current) {
        return binned(reference, current).kullbackLeibler();
    }

    public static double hellinger(Sample reference, Sample current) {
        return binned(reference, current).hellinger();
    }

    /** The Wasserstein distance in standard deviations of the reference. */
    public static double wasserstein(Sample reference, Sample current) {
        return SampleDistance.wasserstein(reference, current) / Math.max(reference.deviation(), LEAST_DEVIATION);
    }

    /** The two histograms that the distances are taken of. */
    public static Histograms binned(Sample reference, Sample current) {
        if (reference.distinct() > MOST_DISTINCT) {
            Bins bins = Bins.sturges(reference.with(current));
            return new Histograms(bins.count(reference), bins.count(current));
        }
        TreeMap<Double, long[]> byValue = new TreeMap<>();
        for (double value : reference.values()) {
            byValue.computeIfAbsent(value, absent -> new long[2])[0]++;
        }
        for (double value : current.values()) {
            byValue.computeIfAbsent(value, absent -> new long[2])[1]++;
        }
        return new Histograms(
                byValue.values().stream().mapToLong(counts -> counts[0]).toArray(),
                byValue.values().stream().mapToLong(counts -> counts[1]).toArray());
    }

    /**
     * Two histograms on the same bins, or counts of the same categories.
     *
     * @param reference counts
     * @param current counts
     */
    public record Histograms(long[] reference, long[] current) {

        public double psi() {
            return Divergence.psi(filled(reference), filled(current));
        }

        public double jensenShannon() {
            return Math.sqrt(Divergence.jensenShannon(Counts.shares(reference), Counts.shares(current)));
        }

        public double kullbackLeibler() {
            return Divergence.kullbackLeibler(filled(reference), filled(current));
        }

        public double hellinger() {
            return Divergence.hellingerByOverlap(Counts.shares(reference), Counts.shares(current));
        }

        /** The reference taken as the truth. */
        public ChiSquareStatistic chiSquare() {
            return ChiSquareStatistic.ofFit(reference, current);
        }

        /** An empty bin gets a small share; the rest is left as it is. */
        private static double[] filled(long[] counts) {
            double[] shares = Counts.shares(counts);
            double least = Double.POSITIVE_INFINITY;
            for (double share : shares) {
                least = share > 0 ? Math.min(least, share) : least;
            }
            double fill = least <= SMALL_SHARE ? least / SMALLER : SMALL_SHARE;
            for (int i = 0; i < shares.length; i++) {
                shares[i] = shares[i] == 0 ? fill : shares[i];
            }
            return shares;
        }
    }
}
