/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * What the clocks of a time zone show. It remembers the span in which the last offset holds, so that moments near each
 * other cost no lookup and no allocation. Not thread-safe.
 */
final class ZoneClock {

    private static final long MILLIS_PER_SECOND = 1_000;

    private final ZoneRules rules;
    private long fromMillis = Long.MAX_VALUE;
    private long untilMillis = Long.MIN_VALUE;
    private long offsetMillis;

    ZoneClock(ZoneRules rules) {
        this.rules = rules;
    }

    /** The local date and time of a moment, as milliseconds since 1970-01-01T00:00 on the same clock. */
    long local(long utcMillis) {
        if (utcMillis < fromMillis || utcMillis >= untilMillis) {
            findSpan(Math.floorDiv(utcMillis, MILLIS_PER_SECOND));
        }
        return utcMillis + offsetMillis;
    }

    private void findSpan(long second) {
        ZoneOffsetTransition last = rules.previousTransition(Instant.ofEpochSecond(second + 1));
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(second));
        fromMillis = last == null ? Long.MIN_VALUE : last.toEpochSecond() * MILLIS_PER_SECOND;
        untilMillis = next == null ? Long.MAX_VALUE : next.toEpochSecond() * MILLIS_PER_SECOND;
        offsetMillis = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds() * MILLIS_PER_SECOND;
    }
}
