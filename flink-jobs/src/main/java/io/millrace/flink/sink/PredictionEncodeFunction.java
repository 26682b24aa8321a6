/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Scored;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.PredictionEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Predictions to records; one that the topic would not take becomes a dead letter. */
public final class PredictionEncodeFunction extends ProcessFunction<Scored, OutputRecord> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private transient PredictionEncoder encoder;

    public PredictionEncodeFunction(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        encoder = plan.predictionEncoder();
    }

    @Override
    public void processElement(Scored scored, Context context, Collector<OutputRecord> out) {
        OutputRecord record = encoder.encode(scored.prediction());
        if (plan.limits().allow(record)) {
            out.collect(record);
        } else {
            context.output(AdmissionFunction.REFUSED, tooLarge(scored, record));
        }
    }

    private DeadLetter tooLarge(Scored scored, OutputRecord record) {
        Event event = scored.vector().event();
        return new DeadLetter(
                event.raw(),
                DeadLetter.Reason.TOO_LARGE,
                "sink",
                null,
                "its prediction takes " + record.sizeBytes() + " bytes, the topic takes "
                        + plan.limits().maxRecordBytes()
                        + ". Carry less, switch outputs.features off, or raise max.message.bytes.",
                null,
                scored.prediction().scoredAtMillis());
    }
}
