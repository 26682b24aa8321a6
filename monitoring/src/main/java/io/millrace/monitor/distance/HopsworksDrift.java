/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

/**
 * Drift as Hopsworks defines it (logicalclocks/hopsworks-api at 4aa68067, distribution_distance.py): on ten bins of equal
 * frequency in the reference, 1e-6 added to every count. Hopsworks takes the borders from a sketch; here they are the exact
 * quantiles.
 */
public final class HopsworksDrift {

    private static final int BINS = 10;
    private static final double ADDED = 1e-6;

    private HopsworksDrift() {}

    public static double psi(Sample reference, Sample current) {
        double[][] shares = shares(reference, current);
        return Divergence.psi(shares[0], shares[1]);
    }

    /** The Jensen–Shannon divergence, natural logarithm, no root. */
    public static double jensenShannon(Sample reference, Sample current) {
        double[][] shares = shares(reference, current);
        return Divergence.jensenShannon(shares[0], shares[1]);
    }

    public static double hellinger(Sample reference, Sample current) {
        double[][] shares = shares(reference, current);
        return Divergence.hellinger(shares[0], shares[1]);
    }

    /** D on the bins. */
    public static double kolmogorovSmirnov(Sample reference, Sample current) {
        double[][] shares = shares(reference, current);
        return Divergence.kolmogorovSmirnov(shares[0], shares[1]);
    }

    private static double[][] shares(Sample reference, Sample current) {
        Bins bins = Bins.quantiles(reference, BINS);
        return new double[][] {
            Counts.shares(bins.countClipped(reference), ADDED), Counts.shares(bins.countClipped(current), ADDED)
        };
    }
}
