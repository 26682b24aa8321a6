/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import java.util.Arrays;

/** Integer counts, and what shares they are. */
public final class Counts {

    private Counts() {}

    public static long total(long[] counts) {
        return Arrays.stream(counts).sum();
    }

    /** Counts by their total; NaN throughout where there is nothing. */
    static double[] shares(long[] counts) {
        return shares(counts, 0);
    }

    /** Shares after the same amount was added to each count. */
    static double[] shares(long[] counts, double added) {
        double total = total(counts) + added * counts.length;
        double[] shares = new double[counts.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (counts[i] + added) / total;
        }
        return shares;
    }
}
