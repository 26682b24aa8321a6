/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Receipts: a prediction held against what its own record names, the source event, the features' definition and the bundle.
 *
 * <p>Enters: predictions as they were written, vectors that were computed anew, the model store. Leaves: a
 * {@link io.millrace.flink.plan.receipt.Verdict} each. Never here: Flink, Kafka; who reads the topics is decided outside.
 */
@NullMarked
package io.millrace.flink.plan.receipt;

import org.jspecify.annotations.NullMarked;
