/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.monitor.window.PaneBuffer;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts predictions whose truth is known, by the window of the event that was scored. Nothing of it is state here. */
public final class OutcomePaneOperator extends AbstractStreamOperator<MonitorPane>
        implements OneInputStreamOperator<Outcome, MonitorPane> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private transient VersionMonitors monitors;
    private transient PaneBuffer buffer;

    public OutcomePaneOperator(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open() throws Exception {
        super.open();
        monitors = new VersionMonitors(plan);
        long window = Objects.requireNonNull(plan.spec().monitor()).window().toMillis();
        buffer = new PaneBuffer(PaneKind.OUTCOME, window, monitors);
    }

    @Override
    public void processElement(StreamRecord<Outcome> element) {
        Outcome outcome = element.getValue();
        PendingOutcome prediction = outcome.prediction();
        VersionMonitor monitor = monitors.apply(prediction.model());
        long time = prediction.eventTimeMillis();
        monitor.add(buffer.all(time, prediction.model()), outcome);
        String[] segments = prediction.segments();
        for (int i = 0; i < segments.length; i += 2) {
            monitor.add(buffer.segment(time, prediction.model(), segments[i], segments[i + 1]), outcome);
        }
    }

    private void handOver() {
        buffer.handOver(pane -> output.collect(new StreamRecord<>(pane)));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        handOver();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        handOver();
    }

    @Override
    public void finish() throws Exception {
        handOver();
        super.finish();
    }
}
