/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads DL4J's configuration, before DL4J sees a byte of it.
 *
 * <p>Enters: the bytes of {@code configuration.json} and {@code coefficients.bin}, and the shapes of the inputs. Leaves: a
 * {@link io.millrace.model.network.Network} whose classes are on the list and whose shapes and parameter counts are worked
 * out by our own arithmetic. Never here: DL4J or ND4J classes, memory in proportion to what a file claims.
 */
@NullMarked
package io.millrace.model.configuration;

import org.jspecify.annotations.NullMarked;
