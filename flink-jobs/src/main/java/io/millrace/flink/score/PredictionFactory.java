/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.CarriedFields;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;

/** Puts a prediction together from the event, its vector and one row of scores. */
final class PredictionFactory {

    private final InferencePlan plan;
    private final ModelVersion version;
    private final ScoringProgram scoring;
    private final CarriedFields carried;
    private final String idSuffix;
    private final int top;

    PredictionFactory(InferencePlan plan, ModelVersion version, ScoringProgram scoring) {
        this.plan = plan;
        this.version = version;
        this.scoring = scoring;
        this.carried = plan.carried();
        this.top = plan.spec().model().topOrDefault();
        this.idSuffix = '@' + version.name() + '-' + version.version();
    }

    Prediction make(FeatureVector vector, int row, String arm, long nowMillis) {
        Event event = vector.event();
        return new Prediction(
                event.id() + idSuffix,
                event.id(),
                event.raw().key(),
                event.eventTimeMillis(),
                plan.spec().name(),
                version,
                arm,
                plan.featureDigest(),
                event.raw().position(),
                scoring.scoreOf(row),
                scoring.outputs(row),
                scoring.label(row),
                scoring.decision(row),
                scoring.top(row, top),
                plan.spec().outputs().features() ? floats(vector.values()) : null,
                carried.names(),
                carried.values(event),
                event.ingestedAtMillis(),
                nowMillis);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
