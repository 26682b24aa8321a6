/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

/** The order in which events meet the state. */
public enum Order {
    /** Each event as it comes, with what has arrived. */
    ARRIVAL,
    /** All streams by event time, held until the watermark: features become a function of the data alone. */
    EVENT_TIME
}
