/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/**
 * A prediction and what turned out to be true.
 *
 * @param knownAtMillis the time of its label; of one that never came, the end of the horizon
 */
public record Outcome(PendingOutcome prediction, boolean positive, long knownAtMillis) {}
