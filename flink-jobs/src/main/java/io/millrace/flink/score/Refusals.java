/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.model.score.RowFault;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.DeadLetter.Reason;
import io.millrace.pipeline.record.Event;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Events that the scorer has no prediction for leave as dead letters. */
final class Refusals {

    private final InferencePlan plan;
    private final Output<?> output;
    private final Counter rejected;

    Refusals(InferencePlan plan, Output<?> output, Counter rejected) {
        this.plan = plan;
        this.output = output;
        this.rejected = rejected;
    }

    /** A feature is missing that must not be. */
    void missing(Event event, int feature) {
        String name = plan.featureName(feature);
        refuse(
                event,
                Reason.EXPRESSION,
                name,
                "feature '" + name + "' is missing for this event, and the pipeline says missing: dead_letter. Send the"
                        + " fields that it is made of, or give it a number.");
    }

    /** The model cannot score it. */
    void fault(Event event, RowFault fault) {
        refuse(event, Reason.MODEL_ERROR, fault.input(), fault.message());
    }

    private void refuse(Event event, Reason reason, @Nullable String field, String message) {
        rejected.inc();
        DeadLetter letter =
                new DeadLetter(event.raw(), reason, "score", field, message, null, System.currentTimeMillis());
        output.collect(AdmissionFunction.REFUSED, new StreamRecord<>(letter));
    }
}
