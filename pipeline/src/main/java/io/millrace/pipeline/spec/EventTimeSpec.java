/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a stream tells time.
 *
 * @param field the field that holds the event time
 * @param maxOutOfOrder how far an event may stand behind the greatest time of its partition before it is late
 * @param idleAfter how long a partition may be silent before it stops holding the watermark back
 * @param allowedLateness how late an event may be and still be folded into state
 * @param maxFuture how far ahead of the wall clock a timestamp may lie before it is a dead letter
 */
public record EventTimeSpec(
        String field, Duration maxOutOfOrder, Duration idleAfter, Duration allowedLateness, Duration maxFuture)
        implements Serializable {

    public static final Duration DEFAULT_MAX_OUT_OF_ORDER = Duration.ofSeconds(10);
    public static final Duration DEFAULT_IDLE_AFTER = Duration.ofSeconds(30);
    public static final Duration DEFAULT_ALLOWED_LATENESS = Duration.ZERO;
    public static final Duration DEFAULT_MAX_FUTURE = Duration.ofMinutes(5);
}
