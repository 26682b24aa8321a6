/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What held-out rows looked like to a model.
 *
 * @param features in the order of the model's flat inputs
 * @param score the calibrated score; null where the model has no single score
 * @param label what turned out to be true; null where that is not a number
 * @param performance how good the model was there; null where nothing was labelled, or the task is not yes or no
 */
public record ReferenceProfile(
        List<ColumnProfile> features,
        @Nullable ColumnProfile score,
        @Nullable ColumnProfile label,
        @Nullable ReferencePerformance performance) {

    public ReferenceProfile {
        features = List.copyOf(features);
    }

    /** Without labels. */
    public ReferenceProfile(
            List<ColumnProfile> features, @Nullable ColumnProfile score, @Nullable ColumnProfile label) {
        this(features, score, label, null);
    }

    /** The column of a feature; null where the model has no such input. */
    public @Nullable ColumnProfile feature(String name) {
        for (ColumnProfile column : features) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }
}
