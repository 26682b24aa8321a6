/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the values that reach the model. Shares are of the rows of a window, from 0 to 1; null: it is told, and nothing is
 * an alarm.
 *
 * @param missing a feature is missing in less than this share
 * @param range whether values are compared with the least and the greatest of the reference
 * @param outOfRange less than this share is outside
 * @param unseen less than this share has a value that the reference lacks, of features with few values
 * @param duplicates less than this share has an id that was seen before in the window
 */
public record QualitySpec(
        @Nullable Double missing,
        boolean range,
        @Nullable Double outOfRange,
        @Nullable Double unseen,
        @Nullable Double duplicates)
        implements Serializable {

    /** Whether a reference is needed. */
    public boolean needsReference() {
        return range || unseen != null;
    }
}
