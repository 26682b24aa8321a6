/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

import io.millrace.pipeline.record.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What came of one prediction.
 *
 * @param field the first field that differs: {@code feature NAME}, {@code score}, …; null where none does
 * @param recorded its value in the prediction; null where none differs
 * @param recomputed its value now; null where none differs
 * @param message for a reader
 */
public record Verdict(
        Outcome outcome,
        Prediction prediction,
        @Nullable String field,
        @Nullable String recorded,
        @Nullable String recomputed,
        String message) {

    /** A verdict that is about no single field; its message begins with the prediction. */
    static Verdict of(Outcome outcome, Prediction prediction, String message) {
        return new Verdict(outcome, prediction, null, null, null, about(prediction) + message);
    }

    /** A verdict about a field. */
    static Verdict of(Outcome outcome, Prediction prediction, Difference difference, String message) {
        return new Verdict(
                outcome,
                prediction,
                difference.field(),
                difference.recorded(),
                difference.recomputed(),
                about(prediction) + difference + ". " + message);
    }

    /** How a message begins. */
    static String about(Prediction prediction) {
        return "prediction '" + prediction.predictionId() + "': ";
    }
}
