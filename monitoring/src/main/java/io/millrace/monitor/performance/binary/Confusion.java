/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

/**
 * Decisions against labels.
 *
 * <p>All shares are NaN when there is nothing to divide by.
 */
public record Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

    public static final Confusion NONE = new Confusion(0, 0, 0, 0);

    public Confusion plus(Confusion other) {
        return new Confusion(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    public long rows() {
        return truePositives + falsePositives + falseNegatives + trueNegatives;
    }

    public double accuracy() {
        return share(truePositives + trueNegatives, rows());
    }

    public double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    public double recall() {
        return share(truePositives, truePositives + falseNegatives);
    }

    /** 2TP / (2TP + FP + FN). */
    public double f1() {
        return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /** The share of rows that were decided positive. */
    public double selection() {
        return share(truePositives + falsePositives, rows());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
