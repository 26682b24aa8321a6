/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Commands about models: bring one in, train one, examine one, list them.
 *
 * <p>Enters: foreign files, rows, store directories. Leaves: bundles in a store, verdicts. Never here: how a bundle is read
 * or scored.
 */
@NullMarked
package io.millrace.cli.model;

import org.jspecify.annotations.NullMarked;
