/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/**
 * An event with its feature values.
 *
 * @param values one per feature of the pipeline, in the file's order; NaN is missing
 * @param behindWatermark whether the event came behind the watermark of its hop (its partition woke from idleness or is
 *     new), so that its features depend on arrival
 */
public record FeatureVector(Event event, double[] values, boolean behindWatermark) {}
