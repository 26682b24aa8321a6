/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import io.millrace.monitor.statistics.ChiSquare;
import java.util.Arrays;

/**
 * Whether the delay depends on the score: χ² of bands against delays.
 *
 * <p>Buckets of delay are joined from the shortest on until each group is expected to hold at least five positives in every
 * band that has enough of them to be looked at.
 */
public final class DelayHomogeneity {

    private static final double LEAST_EXPECTED = 5;

    /** Fewer positives than this say nothing about a band. */
    private static final long LEAST_ROWS = 20;

    private DelayHomogeneity() {}

    /** The probability of delays that differ at least as much by chance; NaN when there are fewer than two bands to compare. */
    public static double pValue(DelayDistribution distribution) {
        long[][] bands = Arrays.stream(distribution.delays)
                .filter(band -> total(band) >= LEAST_ROWS)
                .toArray(long[][]::new);
        if (bands.length < 2) {
            return Double.NaN;
        }
        Grouped grouped = new Grouped(bands);
        return ChiSquare.upperTail(grouped.statistic(), (grouped.groups - 1.0) * (bands.length - 1));
    }

    private static long total(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Bands by groups of delay. */
    private static final class Grouped {
        private final double[][] counts;
        private final double[] totals;
        private double all;
        private int groups;

        Grouped(long[][] bands) {
            counts = new double[bands.length][bands[0].length];
            totals = new double[bands.length];
            double least = Double.POSITIVE_INFINITY;
            for (int band = 0; band < bands.length; band++) {
                totals[band] = total(bands[band]);
                all += totals[band];
                least = Math.min(least, totals[band]);
            }
            group(bands, LEAST_EXPECTED * all / least);
        }

        /** A rest that is too small joins the last group. */
        private void group(long[][] bands, double enough) {
            double rest = all;
            double here = 0;
            groups = 1;
            for (int bucket = 0; bucket < bands[0].length; bucket++) {
                if (here >= enough && rest >= enough) {
                    groups++;
                    here = 0;
                }
                for (int band = 0; band < bands.length; band++) {
                    counts[band][groups - 1] += bands[band][bucket];
                    here += bands[band][bucket];
                    rest -= bands[band][bucket];
                }
            }
        }

        double statistic() {
            double sum = 0;
            for (int group = 0; group < groups; group++) {
                double column = 0;
                for (double[] band : counts) {
                    column += band[group];
                }
                for (int band = 0; band < counts.length && column > 0; band++) {
                    double expected = column * totals[band] / all;
                    sum += (counts[band][group] - expected) * (counts[band][group] - expected) / expected;
                }
            }
            return sum;
        }
    }
}
