/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The types of single values: text, numbers, durations, choices.
 *
 * <p>Enters: a scalar node. Leaves: a value of a Java type with its unit, or a report of what was expected and found.
 * Never here: what a key means, types made of other types.
 */
@NullMarked
package io.millrace.pipeline.grammar.scalar;

import org.jspecify.annotations.NullMarked;
