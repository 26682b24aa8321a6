/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Our pipeline, limits and peers, side by side in one run.
 *
 * <p>Enters: the fraud example, payments of its generator. Leaves: a table and JSON. Correctness is a gate: a run that lost
 * or repeated a record has no figure. Never here: anything that ships.
 */
@NullMarked
package io.millrace.benchmark;

import org.jspecify.annotations.NullMarked;
