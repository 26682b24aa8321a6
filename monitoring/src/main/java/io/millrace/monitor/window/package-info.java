/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a window of event time holds for one model version and one segment, put together from the panes of the other rooms.
 *
 * <p>Enters: scored vectors, and predictions whose truth became known. Leaves: panes that merge in any order, their bytes, and
 * every signal of a window. Never here: formulas, clocks, Flink.
 */
@NullMarked
package io.millrace.monitor.window;

import org.jspecify.annotations.NullMarked;
