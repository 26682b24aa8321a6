/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

/**
 * F: which share of the positives is reported within a delay, learned from cells whose labels are all known. Between the
 * edges of its buckets it is straight; at the horizon it is 1.
 */
public final class DelayDistribution {

    final long[][] delays;
    private final LateLayout layout;

    public DelayDistribution(LateLayout layout) {
        this.layout = layout;
        this.delays = new long[layout.bands().bins()][layout.delayBuckets()];
    }

    /**
     * Learns from a cell.
     *
     * @throws IllegalArgumentException when not all of its labels are known yet, or its layout is another
     */
    public void learn(LatePane pane, long nowMillis) {
        if (!pane.isMature(nowMillis) || !layout.equals(pane.layout)) {
            throw new IllegalArgumentException("the cell at " + pane.cellStartMillis() + " cannot be learned from at "
                    + nowMillis + ": it must be older than the horizon and of the same layout");
        }
        add(pane.delays, 1);
    }

    /** Forgets a cell that was learned from, so that the distribution can follow the most recent ones. */
    public void forget(LatePane pane) {
        add(pane.delays, -1);
    }

    private void add(long[][] other, int sign) {
        for (int band = 0; band < delays.length; band++) {
            for (int bucket = 0; bucket < delays[band].length; bucket++) {
                delays[band][bucket] += sign * other[band][bucket];
            }
        }
    }

    /** How many positives it was learned from. */
    public long size() {
        long size = 0;
        for (long[] band : delays) {
            for (long count : band) {
                size += count;
            }
        }
        return size;
    }

    LateLayout layout() {
        return layout;
    }

    /** The counts of all bands together. */
    long[] pooled() {
        long[] pooled = new long[layout.delayBuckets()];
        for (long[] band : delays) {
            for (int bucket = 0; bucket < pooled.length; bucket++) {
                pooled[bucket] += band[bucket];
            }
        }
        return pooled;
    }

    /** The share reported within a delay; NaN when nothing was learned. */
    public double within(long delayMillis) {
        return within(pooled(), delayMillis);
    }

    double within(long[] counts, long delayMillis) {
        double below = 0;
        double all = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            below += counts[bucket] * covered(bucket, delayMillis);
            all += counts[bucket];
        }
        return below / all;
    }

    /** Which part of a bucket lies within a delay. */
    double covered(int bucket, long delayMillis) {
        double position = (double) delayMillis / layout.horizonMillis() * layout.delayBuckets() - bucket;
        return Math.max(0, Math.min(1, position));
    }
}
