/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FieldText;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/** Gives a label event the key of the event that it is about. One without key or without label is counted, and says nothing. */
public final class LabelRouteFunction extends RichFlatMapFunction<KeyedVector, KeyedVector> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private transient FieldText key;
    private transient int label;
    private transient Counter empty;

    public LabelRouteFunction(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        key = plan.labelKey(plan.labelStream());
        label = plan.labelSlot();
        empty = getRuntimeContext()
                .getMetricGroup()
                .addGroup("millrace")
                .addGroup("label")
                .counter("labels_empty_total");
    }

    @Override
    public void flatMap(KeyedVector keyed, Collector<KeyedVector> out) {
        Event event = keyed.vector().event();
        String name = key.of(event.numbers(), event.texts());
        if (name == null || Double.isNaN(event.numbers()[label])) {
            empty.inc();
        } else {
            out.collect(new KeyedVector(name, keyed.vector(), false));
        }
    }
}
