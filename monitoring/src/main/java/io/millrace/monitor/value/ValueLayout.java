/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.Edges;

/**
 * What a value pane counts.
 *
 * @param thresholds the thresholds that are tried when a window has more rows than the limit
 * @param exactLimit up to how many rows of a window are kept, so that every threshold is tried
 */
public record ValueLayout(Edges thresholds, int exactLimit) {

    public ValueLayout {
        if (exactLimit < 0) {
            throw new IllegalArgumentException("the limit of exact thresholds is at least 0, found " + exactLimit);
        }
    }
}
