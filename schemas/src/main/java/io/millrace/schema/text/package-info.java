/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Records as people read and write them: CSV cells and JSON to Avro, Avro to JSON.
 *
 * <p>Enters: text with its place in a file; Avro bytes. Leaves: Avro bytes; JSON text. Never here: the per-event path.
 */
@NullMarked
package io.millrace.schema.text;

import org.jspecify.annotations.NullMarked;
