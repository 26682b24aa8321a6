/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Bundle to score: the room's one exception.
 *
 * <p>Enters: nothing. Leaves: {@link io.millrace.model.ModelException}, which every door of this room throws. Never here:
 * Flink, Kafka.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
