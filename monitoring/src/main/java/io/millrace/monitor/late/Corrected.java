/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

/**
 * A metric corrected for late labels; NaN where nothing can be said.
 *
 * @param low and
 * @param high the ends of the interval that holds the true value in 95 of 100 windows
 */
public record Corrected(double value, double low, double high) {}
