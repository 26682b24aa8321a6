/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a network is, worked out by our own reading before DL4J sees a byte of it.
 *
 * <p>Enters: the bytes of {@code configuration.json} and {@code coefficients.bin}. Leaves: the layers with their checked
 * shapes, the configuration as text that names supported classes only, the weights as finite floats. Never here: DL4J or
 * ND4J classes, memory in proportion to what a file claims.
 */
@NullMarked
package io.millrace.model.network;

import org.jspecify.annotations.NullMarked;
