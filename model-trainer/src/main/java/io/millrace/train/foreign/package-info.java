/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Models made elsewhere become bundle drafts.
 *
 * <p>Enters: a file of another framework, cases of its answers. Leaves: a bundle draft that has passed them. The file is
 * opened in a child process only, which hands over a bundle; the parent reads that with the safe reader. Never here: what a
 * format looks like, stores.
 */
@NullMarked
package io.millrace.train.foreign;

import org.jspecify.annotations.NullMarked;
