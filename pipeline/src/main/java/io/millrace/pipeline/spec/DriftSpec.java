/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;

/**
 * Which drift is watched: each window against the reference of its model's bundle, and against the window before.
 *
 * @param features names; empty: all inputs of the model
 * @param score whether the score is watched too
 * @param metrics at least one
 * @param definition whose formulas
 * @param previous whether windows are compared with the one before too
 * @param minRows below which nothing is said of a window
 */
public record DriftSpec(
        List<String> features,
        boolean score,
        List<DriftMetric> metrics,
        DriftDefinition definition,
        boolean previous,
        int minRows)
        implements Serializable {

    public static final List<DriftMetric> DEFAULT_METRICS = List.of(DriftMetric.PSI);
    public static final int DEFAULT_MIN_ROWS = 500;

    public DriftSpec {
        features = List.copyOf(features);
        metrics = List.copyOf(metrics);
    }
}
