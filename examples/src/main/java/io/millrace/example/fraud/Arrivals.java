/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import java.util.Random;

/**
 * When payments are made: a Poisson process whose intensity follows the hour in the history and is flat in the live phase.
 * Drawn by thinning (Lewis and Shedler 1979): candidates at the greatest intensity, kept in proportion to the actual one.
 */
final class Arrivals {

    private static final double DAY_MILLIS = 86_400_000;

    /** Share of the mean intensity by hour of the day in UTC; the mean of the 24 is 1. */
    private static final double[] HOURS = {
        0.25, 0.20, 0.15, 0.15, 0.20, 0.30, 0.50, 0.80, 1.10, 1.40, 1.65, 1.80, //
        1.85, 1.80, 1.70, 1.60, 1.55, 1.50, 1.40, 1.25, 1.05, 0.80, 0.60, 0.40
    };

    private static final double BUSIEST = 1.85;

    private final Random random;
    private final double historyPerMilli;
    private final double livePerMilli;
    private final long liveFromMillis;
    private double nowMillis;

    Arrivals(Random random, GeneratorOptions options) {
        this.random = random;
        this.historyPerMilli = options.transactionsPerDay() / DAY_MILLIS;
        this.livePerMilli = options.livePerSecond() / 1000;
        this.liveFromMillis = options.liveFromMillis();
        this.nowMillis = options.startMillis();
    }

    /** The next payment's time; never before the one before it. */
    long next() {
        while (nowMillis < liveFromMillis) {
            double candidate = nowMillis + exponential(historyPerMilli * BUSIEST);
            if (candidate >= liveFromMillis) {
                nowMillis = liveFromMillis;
                break;
            }
            nowMillis = candidate;
            if (random.nextDouble() * BUSIEST < HOURS[hour(nowMillis)]) {
                return (long) nowMillis;
            }
        }
        nowMillis += exponential(livePerMilli);
        return (long) nowMillis;
    }

    private double exponential(double perMilli) {
        return -StrictMath.log(1 - random.nextDouble()) / perMilli;
    }

    private static int hour(double millis) {
        return (int) Math.floorMod(Math.floorDiv((long) millis, 3_600_000L), 24L);
    }
}
