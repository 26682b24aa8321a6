/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a compiled expression consists of: closures over the slots of a frame, one family per type.
 *
 * <p>Enters: nodes that the checker has proved to be of the right type. Leaves: nodes that read a
 * {@link io.millrace.pipeline.expression.Frame} without allocating or boxing (but for regular expressions). Missing is
 * NaN, null or {@link io.millrace.pipeline.expression.Expression#MISSING}. Never here: names, text positions, CEL.
 */
@NullMarked
package io.millrace.pipeline.expression.node;

import org.jspecify.annotations.NullMarked;
