/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The reader of the pipeline file: YAML in, {@link io.millrace.pipeline.spec.PipelineSpec} out, every problem at once.
 *
 * <p>Enters: a path and the environment. Leaves: a {@link io.millrace.pipeline.file.PipelineDocument}, or a {@link
 * io.millrace.pipeline.file.PipelineException} that lists what is wrong in line order. Never here: what the keys are,
 * checks that need a schema or a model.
 */
@NullMarked
package io.millrace.pipeline.file;

import org.jspecify.annotations.NullMarked;
