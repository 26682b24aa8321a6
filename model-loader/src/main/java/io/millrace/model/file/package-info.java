/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Files of a store: changes that are whole or not there.
 *
 * <p>Enters: names below one root, and bytes. Leaves: bytes, at most as many as asked for. Never here: what the bytes mean,
 * which file comes before which, Flink.
 */
@NullMarked
package io.millrace.model.file;

import org.jspecify.annotations.NullMarked;
