/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Models made in Keras become bundles.
 *
 * <p>Enters: an {@code .h5} file, cases of its own framework. Leaves: a bundle draft. The file is opened in a child process
 * only: HDF5 never reaches a task manager. Never here: scoring, stores.
 */
@NullMarked
package io.millrace.train.keras;

import org.jspecify.annotations.NullMarked;
