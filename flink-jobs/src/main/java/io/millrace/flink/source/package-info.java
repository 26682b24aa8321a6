/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Step 1, source: Kafka records become events, and every record that cannot be one leaves here with its reason.
 *
 * <p>Enters: Kafka topics. Leaves: admitted events with watermarks; refusals on the side. Never here: decoding itself
 * (that is {@code io.millrace.schema}), keyed state.
 */
@NullMarked
package io.millrace.flink.source;

import org.jspecify.annotations.NullMarked;
