/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How far two distributions are apart, by every definition that has a name.
 *
 * <p>Enters: integer counts on the same bins, or samples in ascending order. Leaves: distances, statistics, p-values. Never
 * here: windows, thresholds, sums whose order depends on how events arrived.
 */
@NullMarked
package io.millrace.monitor.distance;

import org.jspecify.annotations.NullMarked;
