/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Expressions: CEL text, checked against the names in scope and compiled once into closures over slots.
 *
 * <p>Enters: the text and a {@link io.millrace.pipeline.expression.Scope}. Leaves: an
 * {@link io.millrace.pipeline.expression.Expression} that reads a {@link io.millrace.pipeline.expression.Frame} without
 * allocating. Missing is an outcome, never an exception. Never here: state, clocks, Flink, Avro.
 */
@NullMarked
package io.millrace.pipeline.expression;

import org.jspecify.annotations.NullMarked;
