/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Work that may crash: foreign files are opened in a JVM of their own.
 *
 * <p>Enters: a main class and its arguments. Leaves: its exit and its last words. Never here: what the work is.
 */
@NullMarked
package io.millrace.train.process;

import org.jspecify.annotations.NullMarked;
