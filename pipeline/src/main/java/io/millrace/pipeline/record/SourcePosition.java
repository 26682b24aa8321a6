/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/** Where in Kafka a record was read. */
public record SourcePosition(String topic, int partition, long offset) {}
