/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Models that Keras 2 saved.
 *
 * <p>Enters: an {@code .h5} file, in a process that may die: HDF5 never reaches a task manager. Leaves: an imported network,
 * or a refusal by Keras's own name of what is not supported. Never here: bundles, scoring, stores.
 */
@NullMarked
package io.millrace.train.keras;

import org.jspecify.annotations.NullMarked;
