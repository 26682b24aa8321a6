/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

/**
 * One example.
 *
 * @param features the model's inputs, raw, in order; NaN is missing
 * @param positive the label
 */
public record LabelledRow(long eventTimeMillis, double[] features, boolean positive) {}
