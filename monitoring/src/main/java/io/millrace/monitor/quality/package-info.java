/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Are the values sound that reach the model?
 *
 * <p>Enters: feature vectors, ids, the reference. Leaves: panes, their bytes, and shares of missing, unseen, outlying and repeated
 * values. Never here: whether distributions moved ({@code drift}), and events that became no vector: those are dead letters.
 */
@NullMarked
package io.millrace.monitor.quality;

import org.jspecify.annotations.NullMarked;
