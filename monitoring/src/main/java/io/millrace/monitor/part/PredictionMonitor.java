/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.part;

import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Prediction;

/** Counts predictions when they are made. */
public interface PredictionMonitor<P extends PanePart<P>> extends WindowMonitor<P> {

    void add(P part, FeatureVector vector, Prediction prediction);
}
