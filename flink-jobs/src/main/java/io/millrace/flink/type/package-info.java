/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How the records that flow cross a network edge or rest in state: hand-written, compact, without Kryo.
 *
 * <p>Enters: records of {@code io.millrace.pipeline.record}. Leaves: their bytes and back. Never here: decisions.
 */
@NullMarked
package io.millrace.flink.type;

import org.jspecify.annotations.NullMarked;
