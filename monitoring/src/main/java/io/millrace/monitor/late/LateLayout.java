/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import io.millrace.monitor.exact.Edges;

/**
 * What a late pane counts.
 *
 * @param cellMillis the width of a pane in event time
 * @param horizonMillis what is reported later than this after the start of its cell is no label: ages and delays are measured
 *     from there, so that those of one cell are known exactly
 * @param delayBuckets how many equal buckets the horizon has for delays
 * @param bands of the score, to test whether delays depend on it
 */
public record LateLayout(long cellMillis, long horizonMillis, int delayBuckets, Edges bands) {

    static final int MOST_BUCKETS = 1 << 14;

    public LateLayout {
        if (cellMillis < 1 || horizonMillis < 1) {
            throw new IllegalArgumentException(
                    "cell and horizon are at least 1 ms, found " + cellMillis + " and " + horizonMillis);
        }
        if (delayBuckets < 1 || delayBuckets > MOST_BUCKETS) {
            throw new IllegalArgumentException(
                    "there are from 1 to " + MOST_BUCKETS + " buckets of delay, found " + delayBuckets);
        }
    }

    /** The start of the cell that holds this time; cells are aligned to the epoch, also before it. */
    public long cellStart(long eventTimeMillis) {
        return Math.floorDiv(eventTimeMillis, cellMillis) * cellMillis;
    }

    /** When all reports of a bucket have come. */
    long bucketEnd(long cellStartMillis, int bucket) {
        return cellStartMillis + horizonMillis / delayBuckets * (bucket + 1);
    }

    int bucket(long delayMillis) {
        double share = (double) Math.max(0, delayMillis) / horizonMillis;
        return Math.min(delayBuckets - 1, (int) (share * delayBuckets));
    }
}
