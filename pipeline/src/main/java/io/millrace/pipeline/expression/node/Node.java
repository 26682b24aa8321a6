/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import io.millrace.pipeline.expression.ExpressionType;

/** One step of a compiled expression. */
public sealed interface Node permits NumberNode, TimeNode, TruthNode, TextNode {

    ExpressionType type();
}
