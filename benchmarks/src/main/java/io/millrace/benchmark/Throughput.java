/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

/** The rate at which a drained topic was written: from the first quarter of its records to the last twentieth. */
final class Throughput {

    private static final double FROM = 0.25;
    private static final double TO = 0.95;

    private Throughput() {}

    /**
     * Records a second.
     *
     * @param writtenAtMillis the producer's timestamps, ascending
     */
    static double of(long[] writtenAtMillis) {
        int from = (int) (writtenAtMillis.length * FROM);
        int to = (int) (writtenAtMillis.length * TO);
        long millis = Math.max(1, writtenAtMillis[to] - writtenAtMillis[from]);
        return (to - from) * 1_000.0 / millis;
    }
}
