/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import java.util.concurrent.TimeUnit;

/** When the next record is due. */
interface Pace {

    /** Waits until a record of that event time is due. */
    void await(long eventTimeMillis) throws InterruptedException;

    /** As fast as it goes. */
    static Pace unlimited() {
        return eventTimeMillis -> {};
    }

    /** A fixed number of records a second. */
    static Pace rate(double recordsPerSecond) {
        long start = System.nanoTime();
        long[] sent = {0};
        return eventTimeMillis -> sleepUntil(start + (long) (sent[0]++ * 1e9 / recordsPerSecond));
    }

    /** So many seconds of event time in a second. */
    static Pace speed(double factor) {
        long start = System.nanoTime();
        long[] first = {Long.MIN_VALUE};
        return eventTimeMillis -> {
            if (first[0] == Long.MIN_VALUE) {
                first[0] = eventTimeMillis;
            }
            sleepUntil(start + (long) ((eventTimeMillis - first[0]) * 1e6 / factor));
        };
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
