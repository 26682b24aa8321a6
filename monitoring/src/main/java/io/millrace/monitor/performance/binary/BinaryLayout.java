/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import io.millrace.monitor.exact.Edges;
import java.util.Arrays;

/**
 * What a binary pane counts.
 *
 * @param ranks the bins of the ranking metrics: quantiles of the reference scores
 * @param riverThresholds for each n: ROC-AUC by n evenly spaced thresholds, as River defines it; each at least 2
 * @param exactLimit up to how many positives and how many negatives of a window are kept for exact metrics; 0: none
 */
public record BinaryLayout(Edges ranks, int[] riverThresholds, int exactLimit) {

    /** River's default. */
    public static final int RIVER_DEFAULT = 10;

    /** More than this many thresholds cost more than an exact area. */
    static final int MOST_THRESHOLDS = 1000;

    public BinaryLayout {
        for (int thresholds : riverThresholds) {
            if (thresholds < 2 || thresholds > MOST_THRESHOLDS) {
                throw new IllegalArgumentException(
                        "thresholds of River's ROC-AUC are from 2 to " + MOST_THRESHOLDS + ", found " + thresholds);
            }
        }
        if (exactLimit < 0) {
            throw new IllegalArgumentException("the limit of exact metrics is at least 0, found " + exactLimit);
        }
    }

    /** River's thresholds: k / (n − 1), the ends moved out by 1e-7. */
    static Edges riverEdges(int thresholds) {
        double[] borders = new double[thresholds];
        for (int k = 0; k < thresholds; k++) {
            borders[k] = (double) k / (thresholds - 1);
        }
        borders[0] -= 1e-7;
        borders[thresholds - 1] += 1e-7;
        return Edges.of(borders);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryLayout layout
                && exactLimit == layout.exactLimit
                && ranks.equals(layout.ranks)
                && Arrays.equals(riverThresholds, layout.riverThresholds);
    }

    @Override
    public int hashCode() {
        return 31 * ranks.hashCode() + Arrays.hashCode(riverThresholds);
    }

    @Override
    public String toString() {
        return "BinaryLayout[ranks=" + ranks + ", riverThresholds=" + Arrays.toString(riverThresholds) + ", exactLimit="
                + exactLimit + "]";
    }
}
