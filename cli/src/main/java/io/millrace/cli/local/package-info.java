/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The local stack: a real Kafka broker and a real Flink cluster inside this process, on the loopback address only.
 *
 * <p>Enters: a directory, a port. Leaves: addresses, environments. Never here: pipelines, printing.
 */
@NullMarked
package io.millrace.cli.local;

import org.jspecify.annotations.NullMarked;
