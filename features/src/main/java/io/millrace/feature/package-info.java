/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Event to vector: pure maths, the same code for serving, replay and training sets.
 *
 * <p>Enters: events in the order in which they are to be processed, and the state of a key. Leaves: feature values, the
 * changed state, its versioned bytes. Never here: Flink, Kafka, Avro, DL4J, clocks; what is late or in which order events
 * come is decided before.
 */
@NullMarked
package io.millrace.feature;

import org.jspecify.annotations.NullMarked;
