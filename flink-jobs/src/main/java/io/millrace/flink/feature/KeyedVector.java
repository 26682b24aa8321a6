/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.pipeline.record.FeatureVector;

/**
 * A vector on its way through the keyed hops.
 *
 * @param key what the next hop is keyed by
 * @param scored whether a prediction is due; false: the event only enters the state
 */
public record KeyedVector(String key, FeatureVector vector, boolean scored) {}
