/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The arithmetic of dense networks, one row at a time, in an order that is fixed when the network is compiled.
 *
 * <p>Enters: a checked {@link io.millrace.model.network.Network}. Leaves: steps from floats to floats that do not allocate
 * and give the same bits for the same row on every machine: IEEE arithmetic and functions made of it. Never here: DL4J,
 * threads, batches.
 */
@NullMarked
package io.millrace.model.kernel;

import org.jspecify.annotations.NullMarked;
