/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The files of a bundle: read safely, written with the same bytes for the same model.
 *
 * <p>Enters: an archive that nobody trusts, or a draft. Leaves: a verified {@link io.millrace.model.bundle.Bundle}, or a
 * directory. Never here: DL4J, scoring, aliases, Java serialization.
 */
@NullMarked
package io.millrace.model.format;

import org.jspecify.annotations.NullMarked;
