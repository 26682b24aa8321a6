/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.schema.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How one partition tells time. */
class PartitionTest {

    private static final InferencePlan PLAN = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);
    private static final long DISORDER = 2_000;

    @Nested
    class Lateness {

        private final PartitionTimes times = new PartitionTimes();

        @Test
        void nothingWasSeenAtFirst() {
            assertThat(times.greatest(0)).isEqualTo(PartitionTimes.NONE);
            assertThat(times.greatest(1_000)).isEqualTo(PartitionTimes.NONE);
            assertThat(times.partitions()).isZero();
        }

        @Test
        void eachPartitionHasAGreatestTimeOfItsOwn() {
            times.see(3, 50);
            times.see(1, 70);
            times.see(3, 40);
            assertThat(times.greatest(3)).isEqualTo(50);
            assertThat(times.greatest(1)).isEqualTo(70);
            assertThat(times.greatest(0)).isEqualTo(PartitionTimes.NONE);
            assertThat(times.greatest(2)).isEqualTo(PartitionTimes.NONE);
            assertThat(times.partitions()).isEqualTo(4);
        }

        @Test
        void timesBeforeTheEpochCount() {
            times.see(0, -5);
            times.see(0, -9);
            assertThat(times.greatest(0)).isEqualTo(-5);
        }
    }

    @Nested
    class Watermarks {

        private final AtomicLong clock = new AtomicLong(PaymentRecords.READ_AT);
        private final WatermarkRecorder output = new WatermarkRecorder();
        private final PartitionWatermarks watermarks = new PartitionWatermarks(DISORDER, clock::get);

        @Test
        void nothingIsSaidBeforeTheFirstEvent() {
            watermarks.onPeriodicEmit(output);
            assertThat(output.said).isEmpty();
        }

        @Test
        void theWatermarkIsBehindTheGreatestTimeByTheDisorder() {
            read(10);
            read(4);
            watermarks.onPeriodicEmit(output);
            assertThat(output.said).containsExactly(PaymentRecords.at(10) - DISORDER - 1);
        }

        @Test
        void nothingIsSaidBetweenPeriods() {
            read(10);
            assertThat(output.said).isEmpty();
        }

        @Test
        void aDeadLetterMovesNothing() {
            read(10);
            Decoded accepted = PaymentRecords.decoded(PLAN, 0, PaymentRecords.payment(0, 1, 11, "c", "s", 1.0));
            DeadLetter letter = new DeadLetter(
                    ((Decoded.Accepted) accepted).event().raw(),
                    DeadLetter.Reason.TIMESTAMP_RANGE,
                    "source",
                    "paid_at",
                    "far ahead",
                    null,
                    0);
            watermarks.onEvent(new Decoded.Refused(letter), Long.MAX_VALUE, output);
            watermarks.onPeriodicEmit(output);
            assertThat(output.said).containsExactly(PaymentRecords.at(10) - DISORDER - 1);
        }

        @Test
        void anEventAheadOfTheClockMovesItToTheClockAtMost() {
            clock.set(PaymentRecords.at(100));
            read(250);
            watermarks.onPeriodicEmit(output);
            clock.set(PaymentRecords.at(101));
            watermarks.onPeriodicEmit(output);
            clock.set(PaymentRecords.at(900));
            watermarks.onPeriodicEmit(output);
            assertThat(output.said)
                    .containsExactly(
                            PaymentRecords.at(100) - DISORDER - 1,
                            PaymentRecords.at(101) - DISORDER - 1,
                            PaymentRecords.at(250) - DISORDER - 1);
        }

        private void read(double second) {
            Decoded decoded = PaymentRecords.decoded(PLAN, 0, PaymentRecords.payment(0, 0, second, "c", "s", 1.0));
            watermarks.onEvent(decoded, PaymentRecords.at(second), output);
        }
    }

    @Nested
    class Strategy {

        private final ManualClock clock = new ManualClock(1);
        private final WatermarkRecorder output = new WatermarkRecorder();
        private final WatermarkStrategy<Decoded> strategy =
                EventSource.watermarks(PLAN.spec().streams().get(PaymentPipeline.PAYMENTS));
        private final Decoded accepted =
                PaymentRecords.decoded(PLAN, 0, PaymentRecords.payment(0, 0, 10, "c", "s", 1.0));

        @Test
        void anEventsTimestampIsItsEventTimeNotKafkas() {
            long timestamp = strategy.createTimestampAssigner(UnregisteredMetricsGroup::new)
                    .extractTimestamp(accepted, 7);
            assertThat(timestamp).isEqualTo(PaymentRecords.at(10));
        }

        @Test
        void aPartitionIsIdleAfterItsSilenceAndNotBefore() {
            WatermarkGenerator<Decoded> generator = strategy.createWatermarkGenerator(new Context());
            generator.onEvent(accepted, PaymentRecords.at(10), output);
            generator.onPeriodicEmit(output);
            generator.onPeriodicEmit(output);
            clock.advanceTime(PLAN.spec().streams().get(0).eventTime().idleAfter());
            generator.onPeriodicEmit(output);
            assertThat(output.idle).isFalse();

            clock.advanceTime(Duration.ofMillis(1));
            generator.onPeriodicEmit(output);
            assertThat(output.idle).isTrue();

            generator.onEvent(accepted, PaymentRecords.at(10), output);
            generator.onPeriodicEmit(output);
            assertThat(output.idle).isFalse();
        }

        /** What Flink gives a generator: here with a clock that is moved by hand. */
        private final class Context implements WatermarkGeneratorSupplier.Context {
            @Override
            public MetricGroup getMetricGroup() {
                return new UnregisteredMetricsGroup();
            }

            @Override
            public RelativeClock getInputActivityClock() {
                return clock;
            }
        }
    }

    /** What a generator says. */
    private static final class WatermarkRecorder implements WatermarkOutput {
        private final List<Long> said = new ArrayList<>();
        private boolean idle;

        @Override
        public void emitWatermark(Watermark watermark) {
            said.add(watermark.getTimestamp());
            idle = false;
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }
}
