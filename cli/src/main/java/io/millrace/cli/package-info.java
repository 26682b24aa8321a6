/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The key: the {@code millrace} command and what all its subcommands share.
 *
 * <p>Enters: arguments, files, topics. Leaves: an exit code, text for people on the terminal, JSON for programs on standard
 * output. Never here: maths, decisions about events.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
