/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The records that flow: each is made in one room and read in the next.
 *
 * <p>Enters: values from the rooms. Leaves: the same values; nothing here computes. Arrays are handed over, not copied:
 * who makes a record gives its arrays away. Never here: Flink types, Avro types, maths, clocks.
 */
@NullMarked
package io.millrace.pipeline.record;

import org.jspecify.annotations.NullMarked;
