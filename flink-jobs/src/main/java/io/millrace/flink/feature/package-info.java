/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Step 2, feature: keyed hops in which an event meets the state of its key.
 *
 * <p>Enters: admitted events of all streams. Leaves: feature vectors, in event-time order where the pipeline asks for it.
 * Never here: the maths ({@code io.millrace.feature} does it), decisions about lateness.
 */
@NullMarked
package io.millrace.flink.feature;

import org.jspecify.annotations.NullMarked;
