/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Commands about topics: make them, fill them from files, look into them.
 *
 * <p>Enters: files, topic names. Leaves: records in Kafka; text and JSON. Never here: the engine.
 */
@NullMarked
package io.millrace.cli.topic;

import org.jspecify.annotations.NullMarked;
