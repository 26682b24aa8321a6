/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

import io.millrace.pipeline.spec.EventTimeSpec;
import java.io.Serializable;

/**
 * How far behind the greatest time of its partition an event may stand, and what becomes of it beyond.
 *
 * @param allowedMillis beyond this an event is late
 * @param foldedMillis beyond this a late event does not even enter the state
 */
public record Disorder(long allowedMillis, long foldedMillis) implements Serializable {

    /** The greatest time of a partition in which nothing was seen. */
    public static final long NOTHING_SEEN = Long.MIN_VALUE;

    public static Disorder of(EventTimeSpec time) {
        long allowed = time.maxOutOfOrder().toMillis();
        return new Disorder(allowed, allowed + time.allowedLateness().toMillis());
    }

    /** Whether an event is late, given the greatest time seen before it in its partition. */
    public boolean isLate(long timeMillis, long greatestMillis) {
        return greatestMillis != NOTHING_SEEN && timeMillis < greatestMillis - allowedMillis;
    }

    /** Whether an event enters the state, late or not. */
    public boolean isFolded(long timeMillis, long greatestMillis) {
        return greatestMillis == NOTHING_SEEN || timeMillis >= greatestMillis - foldedMillis;
    }
}
