/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

/**
 * The predictions of one cell of event time and the positives among them that were reported so far, by band of the score.
 *
 * <p>Integers only: {@link #merge} is commutative and associative. Not thread-safe.
 */
public final class LatePane {

    final LateLayout layout;
    final long[] decidedPositive;
    final long[] decidedNegative;
    final long[] hits;
    final long[] misses;
    final long[][] delays;
    long behindHorizon;
    private final long cellStartMillis;

    /** @param cellStartMillis inclusive, event time */
    public LatePane(long cellStartMillis, LateLayout layout) {
        int bands = layout.bands().bins();
        this.cellStartMillis = cellStartMillis;
        this.layout = layout;
        this.decidedPositive = new long[bands];
        this.decidedNegative = new long[bands];
        this.hits = new long[bands];
        this.misses = new long[bands];
        this.delays = new long[bands][layout.delayBuckets()];
    }

    public long cellStartMillis() {
        return cellStartMillis;
    }

    /** Counts a prediction, when it is made. */
    public void addPrediction(double score, boolean decision) {
        (decision ? decidedPositive : decidedNegative)[layout.bands().bin(score)]++;
    }

    /**
     * Counts a positive, when it is reported.
     *
     * @param score and
     * @param decision of its prediction
     * @param delayMillis from the start of the cell to the report; behind the horizon it is counted and is no label
     */
    public void addPositive(double score, boolean decision, long delayMillis) {
        if (delayMillis > layout.horizonMillis()) {
            behindHorizon++;
            return;
        }
        int band = layout.bands().bin(score);
        (decision ? hits : misses)[band]++;
        delays[band][layout.bucket(delayMillis)]++;
    }

    /**
     * Adds what another pane of the same cell and layout counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other is of another cell or layout
     */
    public void merge(LatePane other) {
        if (cellStartMillis != other.cellStartMillis || !layout.equals(other.layout)) {
            throw new IllegalArgumentException("a pane at " + other.cellStartMillis + " with " + other.layout
                    + " does not merge into one at " + cellStartMillis + " with " + layout);
        }
        behindHorizon += other.behindHorizon;
        for (int band = 0; band < hits.length; band++) {
            decidedPositive[band] += other.decidedPositive[band];
            decidedNegative[band] += other.decidedNegative[band];
            hits[band] += other.hits[band];
            misses[band] += other.misses[band];
            for (int bucket = 0; bucket < delays[band].length; bucket++) {
                delays[band][bucket] += other.delays[band][bucket];
            }
        }
    }

    /** Whether all labels of this cell are known. */
    public boolean isMature(long nowMillis) {
        return cellStartMillis + layout.horizonMillis() <= nowMillis;
    }

    /** How long ago this cell began; never below 0. */
    long ageMillis(long nowMillis) {
        return Math.max(0, nowMillis - cellStartMillis);
    }
}
