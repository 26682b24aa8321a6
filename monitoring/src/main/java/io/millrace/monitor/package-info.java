/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Has the world changed? What a window of the stream says of itself, as signals.
 *
 * <p>Enters: scored vectors. Leaves: mergeable counts, their versioned bytes, signals. Results do not depend on parallelism
 * or order: everything is an integer count on fixed edges. Never here: Flink, Kafka, Avro, DL4J, clocks.
 */
@NullMarked
package io.millrace.monitor;

import org.jspecify.annotations.NullMarked;
