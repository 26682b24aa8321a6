/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What is wrong with a file that a person wrote: every problem at once.
 *
 * <p>Enters: a path in the file ({@code features.amount.value}) and a message that says what was found and the cure.
 * Leaves: the list, and the exception that carries it. Never here: bad events (those are values), reading of files.
 */
@NullMarked
package io.millrace.pipeline.problem;

import org.jspecify.annotations.NullMarked;
