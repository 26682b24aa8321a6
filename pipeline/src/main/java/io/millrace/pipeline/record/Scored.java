/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/** A feature vector with the prediction that was made from it. */
public record Scored(FeatureVector vector, Prediction prediction) {}
