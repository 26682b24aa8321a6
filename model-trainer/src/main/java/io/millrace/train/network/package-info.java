/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Networks of DL4J's own, put together from what another framework saved.
 *
 * <p>Enters: layers and weights as a format's reader understood them. Leaves: a configuration and weights that a bundle may
 * have, or a refusal. Never here: files, formats.
 */
@NullMarked
package io.millrace.train.network;

import org.jspecify.annotations.NullMarked;
