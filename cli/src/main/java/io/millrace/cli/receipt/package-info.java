/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The command that checks predictions: what they were made from is read from the topics, and made again.
 *
 * <p>Enters: a pipeline file, predictions, input topics. Leaves: verdicts, as text or JSON, and an exit code. Never here: how
 * features are replayed, how a prediction is compared.
 */
@NullMarked
package io.millrace.cli.receipt;

import org.jspecify.annotations.NullMarked;
