/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Step 4, monitor: what the stream says of itself, by window of event time.
 *
 * <p>Enters: scored vectors. Leaves: the same, untouched, and signals beside them. Never here: the counting and the
 * formulas ({@code io.millrace.monitor}).
 */
@NullMarked
package io.millrace.flink.monitor;

import org.jspecify.annotations.NullMarked;
