/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import java.util.Arrays;
import java.util.Random;

/**
 * Which customers, or which terminals, are in the hands of thieves. Each day some more are; each stays so for some days. The
 * days before the first are lived through too, so that a stream begins as it goes on.
 */
final class Compromises {

    private static final long DAY_MILLIS = 86_400_000;

    private final Random random;
    private final double perDay;
    private final int leastDays;
    private final int mostDays;
    private final long[] untilMillis;
    private long nextDayMillis;

    /** @param dailyShare how many of them are taken over in a day */
    Compromises(Random random, int count, double dailyShare, int leastDays, int mostDays, long startMillis) {
        this.random = random;
        this.perDay = dailyShare * count;
        this.leastDays = leastDays;
        this.mostDays = mostDays;
        this.untilMillis = new long[count];
        Arrays.fill(untilMillis, Long.MIN_VALUE);
        this.nextDayMillis = startMillis - mostDays * DAY_MILLIS;
    }

    /** Lives through the days up to a time; times do not run backwards. */
    void advance(long timeMillis) {
        while (nextDayMillis <= timeMillis) {
            for (int taken = poisson(); taken > 0; taken--) {
                int days = leastDays + random.nextInt(mostDays - leastDays + 1);
                untilMillis[random.nextInt(untilMillis.length)] = nextDayMillis + days * DAY_MILLIS;
            }
            nextDayMillis += DAY_MILLIS;
        }
    }

    boolean contains(int index, long timeMillis) {
        return timeMillis < untilMillis[index];
    }

    /** How many are taken over today: Poisson, by Knuth's product of uniforms. */
    private int poisson() {
        double limit = StrictMath.exp(-perDay);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
