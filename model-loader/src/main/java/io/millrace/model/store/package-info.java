/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Where models live: immutable versions, and aliases that are replaced atomically.
 *
 * <p>Enters: names, which are checked before they touch a path. Leaves: versions with their digests, and bundles. Never
 * here: waiting and retrying, which is the caller's, and Flink.
 */
@NullMarked
package io.millrace.model.store;

import org.jspecify.annotations.NullMarked;
