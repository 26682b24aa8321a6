/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The hallway: carries records from room to room and decides nothing.
 *
 * <p>Enters: a checked {@link io.millrace.flink.plan.InferencePlan}. Leaves: a Flink job. One package per step: source,
 * feature, score, monitor, sink. Never here: arithmetic, business rules.
 */
@NullMarked
package io.millrace.flink;

import org.jspecify.annotations.NullMarked;
