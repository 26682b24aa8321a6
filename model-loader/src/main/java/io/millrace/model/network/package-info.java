/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a network is: its layers, their shapes, its weights.
 *
 * <p>Enters: what the reader of configurations found, the bytes of {@code coefficients.bin}. Leaves: records that are sound,
 * the weights as finite floats. Never here: DL4J or ND4J classes, memory in proportion to what a file claims.
 */
@NullMarked
package io.millrace.model.network;

import org.jspecify.annotations.NullMarked;
