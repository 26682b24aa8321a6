/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The demo: the fraud example on the local stack, with payments made up as it goes, shown live in the terminal.
 *
 * <p>Enters: nothing from outside the repository. Leaves: a picture on the terminal. Never here: anything that only works in
 * the demo.
 */
@NullMarked
package io.millrace.cli.demo;

import org.jspecify.annotations.NullMarked;
