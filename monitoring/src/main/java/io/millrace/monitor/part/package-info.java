/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What every windowed monitor is made of.
 *
 * <p>Enters: predictions, outcomes. Leaves: parts of panes, which merge in any order, and signals. Never here: what one
 * monitor counts, and which monitors there are ({@code window}).
 */
@NullMarked
package io.millrace.monitor.part;

import org.jspecify.annotations.NullMarked;
