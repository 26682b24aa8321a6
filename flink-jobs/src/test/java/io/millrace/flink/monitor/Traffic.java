/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.fixture.ScoredPayments;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Scored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Scored payments for monitors to count. */
final class Traffic {

    static final InferencePlan PLAN = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);
    static final long WINDOW_MILLIS = 60_000;

    private Traffic() {}

    /** A payment that was scored; it was written at its event time, read and scored some milliseconds after. */
    static Scored scored(long offset, double second, float score, double mean, long waitMillis) {
        Event event = PaymentRecords.event(
                PLAN, PaymentPipeline.PAYMENTS, PaymentRecords.payment(0, offset, second, "c", "s", 5.0));
        double[] values = PLAN.unknownValues();
        Arrays.fill(values, 1);
        values[2] = mean;
        return ScoredPayments.of(PLAN, event, values, score, waitMillis);
    }

    /** Payments of one minute, some with a missing mean. */
    static List<Scored> random(Random random, int count) {
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double mean = random.nextInt(5) == 0 ? Double.NaN : random.nextDouble();
            all.add(scored(i, random.nextDouble() * 59.9, random.nextFloat(), mean, random.nextInt(2_000)));
        }
        return all;
    }

    /** The pane of the first minute that counted these. */
    static MonitorPane pane(List<Scored> counted) {
        VersionMonitor monitor = PLAN.monitor(PLAN.model());
        MonitorPane pane =
                monitor.newPane(new PaneKey(PaneKind.TRAFFIC, PaymentRecords.START, PLAN.model(), PaneKey.ALL));
        counted.forEach(scored -> monitor.add(pane, scored.vector(), scored.prediction()));
        return pane;
    }

    static byte[] bytes(MonitorPane pane) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(64);
            PaneSerializer.INSTANCE.serialize(pane, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
