/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.pipeline.record.FeatureVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The events that wait to be scored together, in their order, and which row of which model each one is. */
final class Batch {

    private static final int FIRST_CAPACITY = 16;

    private FeatureVector[] vectors = new FeatureVector[FIRST_CAPACITY];
    private LoadedModel[] models = new LoadedModel[FIRST_CAPACITY];
    private @Nullable LoadedModel[] shadows = new LoadedModel[FIRST_CAPACITY];
    private String[] arms = new String[FIRST_CAPACITY];
    private int[] rows = new int[FIRST_CAPACITY];
    private int[] shadowRows = new int[FIRST_CAPACITY];
    private int size;

    /** What happens to each event once it is scored. */
    interface Scorings {

        void scored(FeatureVector vector, LoadedModel model, int row, String arm);

        /** A shadow has scored the event too. */
        void shadowed(FeatureVector vector, LoadedModel shadow, int row);

        /** A shadow fails as a whole, which is nobody else's trouble. */
        void shadowFailed(LoadedModel shadow, RuntimeException cause);
    }

    int size() {
        return size;
    }

    void add(FeatureVector vector, LoadedModel model, String arm, @Nullable LoadedModel shadow) {
        if (size == vectors.length) {
            grow();
        }
        vectors[size] = vector;
        models[size] = model;
        arms[size] = arm;
        rows[size] = model.put(vector);
        shadows[size] = shadow;
        shadowRows[size] = shadow == null ? -1 : shadow.put(vector);
        size++;
    }

    /** Scores everything, hands it on in the order in which it came, and is empty. */
    void score(Scorings scorings) {
        int count = size;
        size = 0;
        for (int i = 0; i < count; i++) {
            models[i].score();
        }
        for (int i = 0; i < count; i++) {
            scorings.scored(vectors[i], models[i], rows[i], arms[i]);
        }
        shadow(count, scorings);
    }

    private void shadow(int count, Scorings scorings) {
        for (int i = 0; i < count; i++) {
            LoadedModel shadow = shadows[i];
            if (shadow != null) {
                try {
                    shadow.score();
                    scorings.shadowed(vectors[i], shadow, shadowRows[i]);
                } catch (RuntimeException failed) {
                    scorings.shadowFailed(shadow, failed);
                }
            }
        }
    }

    private void grow() {
        int capacity = 2 * size;
        vectors = Arrays.copyOf(vectors, capacity);
        models = Arrays.copyOf(models, capacity);
        shadows = Arrays.copyOf(shadows, capacity);
        arms = Arrays.copyOf(arms, capacity);
        rows = Arrays.copyOf(rows, capacity);
        shadowRows = Arrays.copyOf(shadowRows, capacity);
    }
}
