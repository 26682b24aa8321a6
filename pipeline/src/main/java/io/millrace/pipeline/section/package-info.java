/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The sections of a pipeline file: each reader is a table of keys, and below it what the section becomes.
 *
 * <p>Enters: the nodes of a file. Leaves: a {@link io.millrace.pipeline.spec.PipelineSpec}, and every problem in the
 * {@link io.millrace.pipeline.grammar.Reading}. A new key is one row in one of these tables: the reader, the JSON Schema
 * and the reference follow. Never here: checks that need a schema or a model, files, messages about whole files.
 */
@NullMarked
package io.millrace.pipeline.section;

import org.jspecify.annotations.NullMarked;
