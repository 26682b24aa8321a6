/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the world looked like when the model was made: the bundle's {@code reference.json}.
 *
 * <p>Enters: held-out rows and their scores. Leaves: a profile of each column on fixed bins, its bytes, and a profile out of
 * bytes that nobody vouches for. Never here: what is made of a difference.
 */
@NullMarked
package io.millrace.monitor.profile;

import org.jspecify.annotations.NullMarked;
