/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

import org.jspecify.annotations.Nullable;

/** A Kafka header as it was read: names may repeat, values may be null. */
public record RawHeader(String name, byte @Nullable [] value) {}
