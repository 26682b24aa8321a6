/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Networks that DL4J saved as a zip.
 *
 * <p>Enters: a zip that nobody trusts. Leaves: an imported network, or a refusal. Only the configuration and the
 * coefficients are read, by the bundles' own safe reader. Never here: DL4J's ModelSerializer, Java serialization.
 */
@NullMarked
package io.millrace.train.dl4j;

import org.jspecify.annotations.NullMarked;
