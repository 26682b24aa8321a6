/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The past once more: what a job has done with the events of a log, done again on one thread.
 *
 * <p>Enters: events, partition by partition in the order of their offsets. Leaves: the vectors of those that are asked for,
 * and what makes them doubtful. Also here, because a job needs them too: what is late, and which of two events of the same
 * time goes first. Never here: Flink, Kafka, clocks.
 */
@NullMarked
package io.millrace.feature.replay;

import org.jspecify.annotations.NullMarked;
