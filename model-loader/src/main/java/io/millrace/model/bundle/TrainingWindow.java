/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import java.time.Instant;

/** The event times of the rows that a model was trained on: from, inclusive, to, exclusive. */
public record TrainingWindow(Instant from, Instant to) {

    public TrainingWindow {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a training window from " + from + " to " + to + " holds nothing");
        }
    }
}
