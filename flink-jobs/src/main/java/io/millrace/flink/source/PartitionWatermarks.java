/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import io.millrace.schema.Decoded;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The watermark of one partition: behind its greatest event time by the allowed disorder, and never past wall clock minus
 * that disorder, so that a time from the future makes nothing late. Dead letters move nothing.
 */
final class PartitionWatermarks implements WatermarkGenerator<Decoded> {

    private final long maxOutOfOrderMillis;
    private final LongSupplier clock;
    private long greatest = PartitionTimes.NONE;

    PartitionWatermarks(long maxOutOfOrderMillis, LongSupplier clock) {
        this.maxOutOfOrderMillis = maxOutOfOrderMillis;
        this.clock = clock;
    }

    @Override
    public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
        if (decoded instanceof Decoded.Accepted accepted) {
            greatest = Math.max(greatest, accepted.event().eventTimeMillis());
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (greatest != PartitionTimes.NONE) {
            long reached = Math.min(greatest, clock.getAsLong());
            output.emitWatermark(new Watermark(reached - maxOutOfOrderMillis - 1));
        }
    }
}
