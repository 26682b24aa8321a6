/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.feature.replay.Disorder;
import java.util.Arrays;

/**
 * The greatest valid event time seen in each partition of one topic, by which lateness is decided. A function of the
 * data alone: neither the clock nor other partitions matter. Not thread-safe.
 */
final class PartitionTimes {

    /** The time of a partition in which nothing was seen yet. */
    static final long NONE = Disorder.NOTHING_SEEN;

    private long[] greatest = new long[0];

    /** The greatest time seen so far in the partition, or {@link #NONE}. */
    long greatest(int partition) {
        return partition < greatest.length ? greatest[partition] : NONE;
    }

    /** Takes note of a valid time. */
    void see(int partition, long eventTimeMillis) {
        if (partition >= greatest.length) {
            int known = greatest.length;
            greatest = Arrays.copyOf(greatest, partition + 1);
            Arrays.fill(greatest, known, greatest.length, NONE);
        }
        greatest[partition] = Math.max(greatest[partition], eventTimeMillis);
    }

    int partitions() {
        return greatest.length;
    }
}
