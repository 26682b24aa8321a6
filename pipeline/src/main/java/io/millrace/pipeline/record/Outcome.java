/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/** A prediction and what turned out to be true. */
public record Outcome(PendingOutcome prediction, boolean positive) {}
