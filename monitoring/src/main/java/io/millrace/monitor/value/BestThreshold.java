/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.FixedPointSum;
import java.util.List;

/**
 * The threshold that would have been worth most.
 *
 * @param threshold a score at or above it is decided positive; positive infinity decides nothing positive. Of thresholds of
 *     equal worth the greatest
 * @param value what it would have been worth
 * @param flagged how many rows it would have decided positive
 */
public record BestThreshold(double threshold, double value, long flagged) {

    /** No limit to what can be decided positive. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /**
     * The best one of those that decide at most {@code capacity} rows positive: of every threshold when the pane holds all
     * rows, else of the layout's.
     */
    public static BestThreshold of(ValuePane pane, long capacity) {
        Search search = new Search(pane, capacity);
        return pane.isExact() ? search.rows(pane.sample.sorted()) : search.bins(pane);
    }

    /** Goes from the greatest score down. */
    private static final class Search {
        private final long capacity;
        private final FixedPointSum sum;
        private long flagged;
        private BestThreshold best;

        Search(ValuePane pane, long capacity) {
            this.capacity = capacity;
            this.sum = pane.undecided.copy();
            this.best = new BestThreshold(Double.POSITIVE_INFINITY, sum.value(), 0);
        }

        BestThreshold rows(List<GainSample.Row> ascending) {
            int next = ascending.size() - 1;
            while (next >= 0 && flagged <= capacity) {
                double score = ascending.get(next).score();
                while (next >= 0 && ascending.get(next).score() == score) {
                    sum.add(ascending.get(next).gain());
                    flagged++;
                    next--;
                }
                consider(score);
            }
            return best;
        }

        BestThreshold bins(ValuePane pane) {
            for (int bin = pane.binRows.length - 1; bin >= 0 && flagged <= capacity; bin--) {
                flagged += pane.binRows[bin];
                sum.merge(pane.binGains[bin]);
                consider(
                        bin == 0
                                ? Double.NEGATIVE_INFINITY
                                : Math.nextUp(pane.layout.thresholds().upper(bin - 1)));
            }
            return best;
        }

        private void consider(double threshold) {
            if (flagged <= capacity && sum.value() > best.value) {
                best = new BestThreshold(threshold, sum.value(), flagged);
            }
        }
    }
}
