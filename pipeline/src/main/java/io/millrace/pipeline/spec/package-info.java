/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The words: what a pipeline file says, as records that cannot be wrong alone.
 *
 * <p>Enters: values read from YAML by {@code io.millrace.pipeline.file}. Leaves: an immutable, serializable
 * {@link io.millrace.pipeline.spec.PipelineSpec}. Never here: names resolved against schemas or models, Flink, Kafka,
 * Avro, DL4J.
 */
@NullMarked
package io.millrace.pipeline.spec;

import org.jspecify.annotations.NullMarked;
