/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.score.RowFault;
import io.millrace.pipeline.control.ModelEvent;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.PredictionEncoder;
import io.millrace.schema.control.ModelEventEncoder;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What shadows say, on a topic of its own. A shadow that fails on one event is silent from then on, and says so once: it must
 * never touch what the champion does.
 */
final class ShadowOutput {

    private final InferencePlan plan;
    private final PredictionEncoder encoder;
    private final ModelEventEncoder events;
    private final Consumer<OutputRecord> output;
    private final Set<ModelVersion> failed = new HashSet<>();

    ShadowOutput(InferencePlan plan, Consumer<OutputRecord> output) {
        this.plan = plan;
        this.encoder = plan.shadowEncoder();
        this.events = plan.modelEventEncoder();
        this.output = output;
    }

    /** The version that shall score in the shadow; null where none shall, or it has failed. */
    @Nullable
    ModelVersion working(@Nullable ModelVersion shadow) {
        return shadow == null || failed.contains(shadow) ? null : shadow;
    }

    void emit(FeatureVector vector, LoadedModel shadow, int row, long nowMillis) {
        RowFault fault = shadow.fault(row);
        if (fault != null) {
            fail(shadow, "event " + vector.event().id() + ": " + fault.message());
            return;
        }
        OutputRecord record = encoder.encode(shadow.prediction(vector, row, Arms.SHADOW, nowMillis));
        if (plan.limits().allow(record)) {
            output.accept(record);
        } else {
            fail(
                    shadow,
                    "event " + vector.event().id() + ": its prediction takes " + record.sizeBytes()
                            + " bytes, the topic takes " + plan.limits().maxRecordBytes() + ".");
        }
    }

    void fail(LoadedModel shadow, String reason) {
        if (failed.add(shadow.version())) {
            output.accept(events.encode(
                    new ModelEvent(ModelEvent.Kind.SHADOW_FAILED, null, null, shadow.version(), null, reason)));
        }
    }
}
