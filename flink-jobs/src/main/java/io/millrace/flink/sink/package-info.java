/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Step 5, sink: outcomes become Kafka records, each visible once where the pipeline asks for it.
 *
 * <p>Enters: predictions, refusals, signals. Leaves: records on the output topics, without a timestamp of their own. Never
 * here: the shape of the bytes ({@code io.millrace.schema}).
 */
@NullMarked
package io.millrace.flink.sink;

import org.jspecify.annotations.NullMarked;
