/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The first trainer: one dense network for a yes or no.
 *
 * <p>Enters: labelled rows in the order of their time. Leaves: a bundle draft with golden cases, metrics and a card. The same
 * rows and seed give the same bytes on the same machine. Never here: where rows come from.
 */
@NullMarked
package io.millrace.train.dense;

import org.jspecify.annotations.NullMarked;
