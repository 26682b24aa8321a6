/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How ND4J and its native libraries come into this process.
 *
 * <p>Enters: the directory that JavaCPP unpacks to, class loaders. Leaves: a backend that is loaded from libraries which are
 * those of the jars, or a refusal. Never here: networks, bundles.
 */
@NullMarked
package io.millrace.model.backend;

import org.jspecify.annotations.NullMarked;
