/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;

/** What stands in for a missing feature value. */
public sealed interface Missing extends Serializable {

    /** The training mean, put in by the scorer from the bundle. */
    record Mean() implements Missing {}

    /** A number, put in when the feature is computed, so that other features see it too. */
    record Replace(double value) implements Missing {
        public Replace {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("missing: " + value + " is not a finite number");
            }
        }
    }

    /** No prediction: the event becomes a dead letter with reason {@code EXPRESSION}. */
    record Reject() implements Missing {}
}
