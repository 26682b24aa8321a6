/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Step 3, score: feature vectors become predictions, in micro-batches.
 *
 * <p>Enters: feature vectors. Leaves: scored vectors; an event that has no prediction leaves on the side with the reason.
 * Never here: networks and their maths ({@code io.millrace.model}).
 */
@NullMarked
package io.millrace.flink.score;

import org.jspecify.annotations.NullMarked;
