/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a model bundle says, as records.
 *
 * <p>Enters: values that the format read or a trainer made. Leaves: a {@link io.millrace.model.bundle.Bundle}, verified and
 * immutable, or a {@link io.millrace.model.bundle.BundleDraft} that is to become one. Never here: files, JSON, scoring.
 */
@NullMarked
package io.millrace.model.bundle;

import org.jspecify.annotations.NullMarked;
