/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The fraud example against the published numbers of the Fraud Detection Handbook.
 *
 * <p>Enters: the reference data set, where it is there. Leaves: verdicts. Never here: copies of the data.
 */
@NullMarked
package io.millrace.cli.handbook;

import org.jspecify.annotations.NullMarked;
