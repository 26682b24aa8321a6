/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A field of a prediction that is not what was computed anew. Floats are compared bit by bit, a missing one as missing. */
record Difference(String field, String recorded, String recomputed) {

    /** The source event, where another one stands there now; null where it is the same. */
    static @Nullable Difference ofEvent(Prediction prediction, Event event) {
        if (!prediction.eventId().equals(event.id())) {
            return new Difference("event_id", prediction.eventId(), event.id());
        }
        return prediction.eventTimeMillis() == event.eventTimeMillis()
                ? null
                : new Difference(
                        "event_time",
                        Long.toString(prediction.eventTimeMillis()),
                        Long.toString(event.eventTimeMillis()));
    }

    /** The first feature that differs; null where none does or none was recorded. */
    static @Nullable Difference ofFeatures(Prediction prediction, double[] vector, List<String> names) {
        float[] recorded = prediction.features();
        if (recorded == null) {
            return null;
        }
        if (recorded.length != vector.length) {
            return new Difference("features", recorded.length + " values", vector.length + " values");
        }
        for (int i = 0; i < recorded.length; i++) {
            if (!same(recorded[i], (float) vector[i])) {
                return new Difference("feature " + names.get(i), text(recorded[i]), text((float) vector[i]));
            }
        }
        return null;
    }

    /**
     * The first thing that the model said otherwise, of its row 0.
     *
     * @param tolerance how far floats may lie apart; 0: they are equal
     */
    static @Nullable Difference ofScore(Prediction prediction, ScoringProgram scoring, float tolerance) {
        if (!near(prediction.score(), scoring.scoreOf(0), tolerance)) {
            return new Difference("score", text(prediction.score()), text(scoring.scoreOf(0)));
        }
        float[] outputs = scoring.outputs(0);
        if (!near(prediction.outputs(), outputs, tolerance)) {
            return new Difference("outputs", Arrays.toString(prediction.outputs()), Arrays.toString(outputs));
        }
        if (!Objects.equals(prediction.label(), scoring.label(0))) {
            return new Difference("label", String.valueOf(prediction.label()), String.valueOf(scoring.label(0)));
        }
        return Objects.equals(prediction.decision(), scoring.decision(0))
                ? null
                : new Difference(
                        "decision", String.valueOf(prediction.decision()), String.valueOf(scoring.decision(0)));
    }

    private static boolean near(float[] recorded, float[] recomputed, float tolerance) {
        if (recorded.length != recomputed.length) {
            return false;
        }
        for (int i = 0; i < recorded.length; i++) {
            if (!near(recorded[i], recomputed[i], tolerance)) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(float recorded, float recomputed, float tolerance) {
        return same(recorded, recomputed)
                || Math.abs(recorded - recomputed) <= tolerance * Math.max(1, Math.abs(recorded));
    }

    private static boolean same(float recorded, float recomputed) {
        return Float.floatToIntBits(recorded) == Float.floatToIntBits(recomputed);
    }

    static String text(float value) {
        return Float.isNaN(value) ? "missing" : Float.toString(value);
    }

    @Override
    public String toString() {
        return field + ": recorded " + recorded + ", recomputed " + recomputed;
    }
}
