/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * From raw feature values to a score, in batches.
 *
 * <p>Enters: a verified bundle and rows of feature values. Leaves: outputs, score, label and decision per row, or what is
 * wrong with the row; a number that is not finite never enters a network and never leaves as a score. DL4J is touched in
 * this package only. Never here: files, aliases, Flink, clocks.
 */
@NullMarked
package io.millrace.model.score;

import org.jspecify.annotations.NullMarked;
