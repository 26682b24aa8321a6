/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Which features made a score what it is.
 *
 * <p>Enters: a bundle, raw rows, a clock with a deadline. Leaves: contributions of features, with the error of their sum. Never here:
 * which predictions are explained, and who waits for that.
 */
@NullMarked
package io.millrace.model.explain;

import org.jspecify.annotations.NullMarked;
