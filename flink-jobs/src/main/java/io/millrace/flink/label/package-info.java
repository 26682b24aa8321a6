/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Between score and monitor: predictions meet what turned out to be true.
 *
 * <p>Enters: scored vectors, and the events of the label stream. Leaves: outcomes, and labels behind the horizon as late
 * records. Never here: what is made of an outcome ({@code io.millrace.monitor}).
 */
@NullMarked
package io.millrace.flink.label;

import org.jspecify.annotations.NullMarked;
