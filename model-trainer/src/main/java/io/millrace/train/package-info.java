/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * History to bundle: training, and checking what training or an import made.
 *
 * <p>Enters: rows with labels; bundles. Leaves: bundle drafts, verdicts. Never here: Flink.
 */
@NullMarked
package io.millrace.train;

import org.jspecify.annotations.NullMarked;
