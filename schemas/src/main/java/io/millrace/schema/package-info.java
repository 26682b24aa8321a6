/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The doors: bytes to events, records to bytes, and the Avro contracts of both.
 *
 * <p>Enters: Kafka records of the input streams; predictions, signals and refusals. Leaves: events or dead letters; records
 * ready for Kafka. Nothing that a producer sends leaves as an exception. Never here: Flink, DL4J, maths, clocks.
 */
@NullMarked
package io.millrace.schema;

import org.jspecify.annotations.NullMarked;
