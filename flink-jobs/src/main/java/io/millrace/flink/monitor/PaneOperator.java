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
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Scored;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts what passes, by window of event time, model version and segment. What was counted goes on to be merged with each
 * watermark and before each checkpoint barrier, so nothing of it is state here.
 */
public final class PaneOperator extends AbstractStreamOperator<Scored>
        implements OneInputStreamOperator<Scored, Scored> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<MonitorPane> PANES = new OutputTag<>("panes", PaneSerializer.TYPE);

    private final InferencePlan plan;
    private transient VersionMonitors monitors;
    private transient Segments segments;
    private transient PaneBuffer buffer;

    public PaneOperator(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open() throws Exception {
        super.open();
        monitors = new VersionMonitors(plan);
        segments = new Segments(plan);
        long window = Objects.requireNonNull(plan.spec().monitor()).window().toMillis();
        buffer = new PaneBuffer(PaneKind.TRAFFIC, window, monitors);
    }

    @Override
    public void processElement(StreamRecord<Scored> element) {
        FeatureVector vector = element.getValue().vector();
        Prediction prediction = element.getValue().prediction();
        Event event = vector.event();
        long time = event.eventTimeMillis();
        VersionMonitor monitor = monitors.apply(prediction.model());
        monitor.add(buffer.all(time, prediction.model()), vector, prediction);
        for (int i = 0; i < segments.size(); i++) {
            MonitorPane pane = buffer.segment(time, prediction.model(), segments.field(i), segments.value(i, event));
            monitor.add(pane, vector, prediction);
        }
        output.collect(element);
    }

    private void handOver() {
        buffer.handOver(pane -> output.collect(PANES, new StreamRecord<>(pane)));
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
