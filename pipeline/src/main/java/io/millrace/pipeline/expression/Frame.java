/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import org.jspecify.annotations.Nullable;

/** The values that an expression reads: set once per event, shared by all expressions of a program. Not thread-safe. */
public final class Frame {

    private static final double[] NO_NUMBERS = {};
    private static final @Nullable String[] NO_TEXTS = {};

    /** Numeric slots of the event; NaN is missing. */
    public double[] numbers = NO_NUMBERS;

    /** Text slots of the event; null is missing. */
    public @Nullable String[] texts = NO_TEXTS;

    /** Feature slots; NaN is missing or not computed yet. */
    public double[] features = NO_NUMBERS;
}
