/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Has a column moved away from its reference, or from the window before?
 *
 * <p>Enters: vectors and scores. Leaves: mergeable counts on the reference's bins, their bytes, signals. Never here: the
 * formulas ({@code distance}), segments, clocks.
 */
@NullMarked
package io.millrace.monitor.drift;

import org.jspecify.annotations.NullMarked;
