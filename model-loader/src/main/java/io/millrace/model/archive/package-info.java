/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The files of a bundle as bytes, out of a directory or one zip.
 *
 * <p>Enters: a path that nobody trusts. Leaves: the bytes of the files that a bundle may have, each measured before it is
 * read and counted while it is inflated. Nothing is ever unpacked to disk. Never here: what the bytes mean, DL4J.
 */
@NullMarked
package io.millrace.model.archive;

import org.jspecify.annotations.NullMarked;
