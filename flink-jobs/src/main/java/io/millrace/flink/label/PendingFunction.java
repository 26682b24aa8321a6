/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.monitor.Segments;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FieldText;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Scored;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;

/** What labels need of a prediction. One whose event names no key can never be labelled: it is counted, and left out. */
public final class PendingFunction extends RichFlatMapFunction<Scored, PendingOutcome> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private transient FieldText key;
    private transient Segments segments;
    private transient DecisionWorth worth;
    private transient Counter keyless;

    public PendingFunction(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        key = plan.labelKey(plan.scored());
        segments = new Segments(plan);
        MetricGroup metrics =
                getRuntimeContext().getMetricGroup().addGroup("millrace").addGroup("label");
        keyless = metrics.counter("predictions_without_key_total");
        worth = new DecisionWorth(plan, metrics.counter("worths_clipped_total"));
    }

    @Override
    public void flatMap(Scored scored, Collector<PendingOutcome> out) {
        Event event = scored.vector().event();
        Prediction prediction = scored.prediction();
        String name = key.of(event.numbers(), event.texts());
        if (name == null) {
            keyless.inc();
            return;
        }
        out.collect(new PendingOutcome(
                name,
                event.eventTimeMillis(),
                prediction.model(),
                prediction.score(),
                prediction.decision(),
                segments.of(event),
                worth.of(scored.vector())));
    }
}
