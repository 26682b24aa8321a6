/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Model stores on Flink's file systems.
 *
 * <p>Enters: the URI of a store. Leaves: a {@link io.millrace.model.store.FileModelStore} on the file system of its scheme.
 * Never here: what a bundle is, which version an alias points at, when to try again.
 */
@NullMarked
package io.millrace.flink.store;

import org.jspecify.annotations.NullMarked;
