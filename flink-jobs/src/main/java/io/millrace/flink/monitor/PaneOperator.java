/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.TrafficPane;
import io.millrace.pipeline.record.Scored;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes, by window of event time. What was counted goes on to be merged with each watermark and before each
 * checkpoint barrier, so nothing of it is state here.
 */
public final class PaneOperator extends AbstractStreamOperator<Scored>
        implements OneInputStreamOperator<Scored, Scored> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<TrafficPane> PANES = new OutputTag<>("panes", PaneSerializer.TYPE);

    private final int features;
    private final long windowMillis;
    private transient Map<Long, TrafficPane> panes;
    private transient @Nullable TrafficPane current;

    public PaneOperator(InferencePlan plan) {
        this.features = plan.spec().features().size();
        this.windowMillis =
                Objects.requireNonNull(plan.spec().monitor()).window().toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        panes = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Scored> element) {
        Scored scored = element.getValue();
        pane(scored.vector().event().eventTimeMillis()).add(scored.vector(), scored.prediction());
        output.collect(element);
    }

    private TrafficPane pane(long eventTimeMillis) {
        long start = TrafficPane.windowStart(eventTimeMillis, windowMillis);
        if (current == null || current.windowStartMillis() != start) {
            current = panes.computeIfAbsent(start, absent -> new TrafficPane(start, features));
        }
        return current;
    }

    private void handOver() {
        for (TrafficPane pane : panes.values()) {
            output.collect(PANES, new StreamRecord<>(pane));
        }
        panes.clear();
        current = null;
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
