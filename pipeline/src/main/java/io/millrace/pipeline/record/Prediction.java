/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/**
 * What a model said about one event. A function of the data: processing times travel beside it.
 *
 * @param predictionId deterministic: the same event scored by the same version has the same id
 * @param key the Kafka key of the event, byte for byte
 * @param arm {@code champion} where no rollout is under way
 * @param featureDigest digest of what computes the inputs
 * @param score the calibrated score; NaN where the task has no single score
 * @param outputs the network's raw outputs
 * @param label the name of the chosen output, where the bundle names outputs
 * @param decision whether the score is positive by the pipeline's or the bundle's rule; null where there is none
 * @param top the items that a ranking model puts first; {@link Ranking#NONE} for others
 * @param features the vector as it stood before the training mean was put in, float32; null unless asked for
 * @param carried the fields of {@code outputs.carry}: names and values as text
 * @param scoredAtMillis the wall clock when it was scored; becomes a header
 * @param explanation which inputs made the score what it is; null where none was asked for
 */
public record Prediction(
        String predictionId,
        String eventId,
        byte @Nullable [] key,
        long eventTimeMillis,
        String pipeline,
        ModelVersion model,
        String arm,
        String featureDigest,
        SourcePosition source,
        float score,
        float[] outputs,
        @Nullable String label,
        @Nullable Boolean decision,
        Ranking top,
        float @Nullable [] features,
        String[] carriedNames,
        @Nullable Object[] carried,
        long ingestedAtMillis,
        long scoredAtMillis,
        @Nullable Explanation explanation) {

    /** One that is not explained. */
    public Prediction(
            String predictionId,
            String eventId,
            byte @Nullable [] key,
            long eventTimeMillis,
            String pipeline,
            ModelVersion model,
            String arm,
            String featureDigest,
            SourcePosition source,
            float score,
            float[] outputs,
            @Nullable String label,
            @Nullable Boolean decision,
            Ranking top,
            float @Nullable [] features,
            String[] carriedNames,
            @Nullable Object[] carried,
            long ingestedAtMillis,
            long scoredAtMillis) {
        this(
                predictionId,
                eventId,
                key,
                eventTimeMillis,
                pipeline,
                model,
                arm,
                featureDigest,
                source,
                score,
                outputs,
                label,
                decision,
                top,
                features,
                carriedNames,
                carried,
                ingestedAtMillis,
                scoredAtMillis,
                null);
    }

    /** The same prediction, explained. */
    public Prediction with(@Nullable Explanation explained) {
        return new Prediction(
                predictionId,
                eventId,
                key,
                eventTimeMillis,
                pipeline,
                model,
                arm,
                featureDigest,
                source,
                score,
                outputs,
                label,
                decision,
                top,
                features,
                carriedNames,
                carried,
                ingestedAtMillis,
                scoredAtMillis,
                explained);
    }
}
