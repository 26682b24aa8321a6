/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/**
 * A record that came behind the disorder its stream allows.
 *
 * @param latenessMillis how far its time lay behind the greatest valid time seen before it in its partition
 * @param folded whether it still entered the state, within {@code allowed_lateness}
 */
public record LateRecord(
        RawRecord raw, String eventId, long eventTimeMillis, long latenessMillis, boolean folded, long atMillis)
        implements Refusal {}
