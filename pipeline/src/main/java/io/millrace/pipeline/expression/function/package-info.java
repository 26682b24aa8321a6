/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The table of what an expression may call: every function and operator, its types, what it is and the node it becomes.
 *
 * <p>The single source of the type check, of "did you mean" and of the reference page. Never here: positions in a text,
 * CEL.
 */
@NullMarked
package io.millrace.pipeline.expression.function;

import org.jspecify.annotations.NullMarked;
