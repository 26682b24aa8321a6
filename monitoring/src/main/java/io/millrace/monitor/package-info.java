/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Has the world changed? What a window of the stream looked like, as integer counts that merge in any order.
 *
 * <p>Enters: feature vectors with their predictions. Leaves: {@link io.millrace.monitor.TrafficPane panes}, their bytes,
 * and the signals of a window. Never here: Flink, Kafka, Avro, DL4J, clocks, and sums of floating point.
 */
@NullMarked
package io.millrace.monitor;

import org.jspecify.annotations.NullMarked;
