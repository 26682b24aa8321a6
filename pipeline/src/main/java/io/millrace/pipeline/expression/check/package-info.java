/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * From text to nodes: CEL's parser, then our own check of names and types, which knows what a person meant.
 *
 * <p>Enters: the text and the scope. Leaves: the root {@link io.millrace.pipeline.expression.node.Node}, or every fault
 * at once with its place. This is the one package that sees {@code dev.cel}. Never here: evaluation.
 */
@NullMarked
package io.millrace.pipeline.expression.check;

import org.jspecify.annotations.NullMarked;
