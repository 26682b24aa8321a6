/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import io.millrace.monitor.exact.FixedPointSum;
import io.millrace.monitor.part.PanePart;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Ranked lists of one window against what was relevant: the means of NDCG, reciprocal rank, average precision and hits at k
 * over the lists that hold a relevant item.
 */
public final class RankingPane implements PanePart<RankingPane> {

    final int depth;
    private final long windowStartMillis;
    long lists;
    long withoutRelevant;
    long hits;
    long unusable;
    FixedPointSum ndcg = new FixedPointSum();
    FixedPointSum reciprocal = new FixedPointSum();
    FixedPointSum precision = new FixedPointSum();

    /**
     * @param windowStartMillis inclusive, event time
     * @param depth k: how many ranks count
     */
    public RankingPane(long windowStartMillis, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("the depth of a ranking is at least 1, found " + depth);
        }
        this.windowStartMillis = windowStartMillis;
        this.depth = depth;
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /**
     * Counts one list.
     *
     * @param relevance by rank, see {@link RankedList}; a list with one that is negative or not finite is unusable
     */
    public void add(double[] relevance) {
        for (double each : relevance) {
            if (!(each >= 0 && each < FixedPointSum.LIMIT)) {
                unusable++;
                return;
            }
        }
        if (!RankedList.hasRelevant(relevance)) {
            withoutRelevant++;
            return;
        }
        lists++;
        ndcg.add(RankedList.ndcg(relevance, depth));
        reciprocal.add(RankedList.reciprocalRank(relevance, depth));
        precision.add(RankedList.averagePrecision(relevance, depth));
        hits += RankedList.hit(relevance, depth) > 0 ? 1 : 0;
    }

    /** Adds what another pane of the same window and depth counted; the other stays as it is. */
    @Override
    public void merge(RankingPane other) {
        PaneCheck.sameWindow(windowStartMillis, other.windowStartMillis);
        if (depth != other.depth) {
            throw new IllegalArgumentException(
                    "a pane of depth " + other.depth + " does not merge into one of " + depth);
        }
        lists += other.lists;
        withoutRelevant += other.withoutRelevant;
        hits += other.hits;
        unusable += other.unusable;
        ndcg.merge(other.ndcg);
        reciprocal.merge(other.reciprocal);
        precision.merge(other.precision);
    }

    public double ndcg() {
        return ndcg.value() / lists;
    }

    public double meanReciprocalRank() {
        return reciprocal.value() / lists;
    }

    public double meanAveragePrecision() {
        return precision.value() / lists;
    }

    public double hitRate() {
        return lists == 0 ? Double.NaN : (double) hits / lists;
    }

    @Override
    public RankingPane copy() {
        RankingPane copy = new RankingPane(windowStartMillis, depth);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        PerformancePaneCodec.write(this, out);
    }
}
