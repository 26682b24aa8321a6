/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.score.RowFault;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import org.jspecify.annotations.Nullable;

/** One version, ready to score, and the rows that it will score next. Not thread-safe. */
final class LoadedModel implements AutoCloseable {

    private final ModelVersion version;
    private final ScoringProgram scoring;
    private final PredictionFactory predictions;
    private final int[] inputSlots;
    private int rows;

    LoadedModel(InferencePlan plan, ModelVersion version, ScoringProgram scoring) {
        this.version = version;
        this.scoring = scoring;
        this.predictions = new PredictionFactory(plan, version, scoring);
        this.inputSlots = plan.inputSlots(scoring.bundle());
    }

    ModelVersion version() {
        return version;
    }

    /** What its weights take, in bytes. */
    long weightBytes() {
        return scoring.weightBytes();
    }

    /** How many rows are worth waiting for. */
    int worthwhileRows() {
        return scoring.gainsFromBatches() ? scoring.maxBatch() : 1;
    }

    int maxRows() {
        return scoring.maxBatch();
    }

    /** Takes a row for the next scoring, and says which it is. */
    int put(FeatureVector vector) {
        scoring.put(rows, vector.values(), inputSlots);
        return rows++;
    }

    /** Scores what was put; its rows can be read until the next one is put. */
    void score() {
        if (rows > 0) {
            scoring.score(rows);
            rows = 0;
        }
    }

    @Nullable
    RowFault fault(int row) {
        return scoring.fault(row);
    }

    Prediction prediction(FeatureVector vector, int row, String arm, long nowMillis) {
        return predictions.make(vector, row, arm, nowMillis);
    }

    @Override
    public void close() {
        scoring.close();
    }
}
