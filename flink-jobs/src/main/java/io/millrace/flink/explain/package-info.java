/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Between monitor and sink: some predictions get their reasons.
 *
 * <p>Enters: scored vectors. Leaves: the same, those that the pipeline file asks for with an explanation or with the word why there is
 * none. Never here: how contributions are found ({@code io.millrace.model.explain}).
 */
@NullMarked
package io.millrace.flink.explain;

import org.jspecify.annotations.NullMarked;
