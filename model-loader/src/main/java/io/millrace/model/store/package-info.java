/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Where models live: immutable versions, and aliases that are replaced atomically and remember where they pointed.
 *
 * <p>Enters: names, which are checked before they touch a path, times that the caller tells, and the files of a store.
 * Leaves: versions with their digests, and bundles. Never here: waiting and retrying, which is the caller's, a clock, and
 * Flink.
 */
@NullMarked
package io.millrace.model.store;

import org.jspecify.annotations.NullMarked;
