/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.part.PanePart;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The predictions of one window and the positives among them, by when each was reported: whatever has come meanwhile, the window
 * can be seen as it was known at an earlier time. Integers only.
 */
public final class LateCounts implements PanePart<LateCounts> {

    private static final int VERSION = 1;
    private static final int MOST_BANDS = 100;

    private final long cellStartMillis;
    private final long[] decidedPositive;
    private final long[] decidedNegative;
    private final long[][] hits;
    private final long[][] misses;

    LateCounts(long cellStartMillis, int bands, int buckets) {
        this.cellStartMillis = cellStartMillis;
        this.decidedPositive = new long[bands];
        this.decidedNegative = new long[bands];
        this.hits = new long[bands][buckets];
        this.misses = new long[bands][buckets];
    }

    /** Counts of nothing. */
    public static LateCounts empty() {
        return new LateCounts(0, 1, 1);
    }

    public long cellStartMillis() {
        return cellStartMillis;
    }

    void addPrediction(LateLayout layout, double score, boolean decision) {
        (decision ? decidedPositive : decidedNegative)[layout.bands().bin(score)]++;
    }

    /** Counts a positive; what is reported before its window begins is counted at once. */
    void addPositive(LateLayout layout, double score, boolean decision, long reportedAtMillis) {
        int band = layout.bands().bin(score);
        (decision ? hits : misses)[band][layout.bucket(reportedAtMillis - cellStartMillis)]++;
    }

    /** The window as it was known at a time. */
    LatePane asOf(LateLayout layout, long nowMillis) {
        LatePane pane = new LatePane(cellStartMillis, layout);
        for (int band = 0; band < hits.length; band++) {
            pane.decidedPositive[band] = decidedPositive[band];
            pane.decidedNegative[band] = decidedNegative[band];
            for (int bucket = 0; bucket < hits[band].length; bucket++) {
                if (layout.bucketEnd(cellStartMillis, bucket) <= nowMillis) {
                    pane.hits[band] += hits[band][bucket];
                    pane.misses[band] += misses[band][bucket];
                    pane.delays[band][bucket] = hits[band][bucket] + misses[band][bucket];
                }
            }
        }
        return pane;
    }

    @Override
    public void merge(LateCounts other) {
        if (hits.length != other.hits.length || hits[0].length != other.hits[0].length) {
            throw new IllegalArgumentException("counts of " + other.hits.length + " bands and "
                    + other.hits[0].length + " buckets do not merge into some of " + hits.length + " and "
                    + hits[0].length);
        }
        for (int band = 0; band < hits.length; band++) {
            decidedPositive[band] += other.decidedPositive[band];
            decidedNegative[band] += other.decidedNegative[band];
            for (int bucket = 0; bucket < hits[band].length; bucket++) {
                hits[band][bucket] += other.hits[band][bucket];
                misses[band][bucket] += other.misses[band][bucket];
            }
        }
    }

    @Override
    public LateCounts copy() {
        LateCounts copy = new LateCounts(cellStartMillis, hits.length, hits[0].length);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(cellStartMillis);
        CountCodec.write(hits.length, out);
        CountCodec.write(hits[0].length, out);
        CountCodec.writeAll(decidedPositive, out);
        CountCodec.writeAll(decidedNegative, out);
        for (int band = 0; band < hits.length; band++) {
            CountCodec.writeAll(hits[band], out);
            CountCodec.writeAll(misses[band], out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static LateCounts read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        int bands = CountCodec.readBelow(MOST_BANDS, "number of bands", in);
        int buckets = CountCodec.readBelow(LateLayout.MOST_BUCKETS + 1, "number of buckets", in);
        if (bands == 0 || buckets == 0) {
            throw new IOException("pane: " + bands + " bands of " + buckets + " buckets. The bytes are damaged");
        }
        LateCounts counts = new LateCounts(start, bands, buckets);
        CountCodec.readAll(counts.decidedPositive, in);
        CountCodec.readAll(counts.decidedNegative, in);
        for (int band = 0; band < bands; band++) {
            CountCodec.readAll(counts.hits[band], in);
            CountCodec.readAll(counts.misses[band], in);
        }
        return counts;
    }
}
