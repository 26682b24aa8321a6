/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How a file's grammar is said once: keys with type, default and meaning.
 *
 * <p>Enters: {@link io.millrace.pipeline.grammar.Section}s of {@link io.millrace.pipeline.grammar.Key}s, declared in
 * {@code io.millrace.pipeline.section}. Leaves: values read from YAML nodes with every problem reported, the JSON Schema
 * and the reference, all three from the same table. What is recognised but not built yet is a {@link
 * io.millrace.pipeline.grammar.NotBuilt}. Never here: the keys of a pipeline file themselves.
 */
@NullMarked
package io.millrace.pipeline.grammar;

import org.jspecify.annotations.NullMarked;
