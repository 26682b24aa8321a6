/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.part;

import io.millrace.pipeline.record.ModelVersion;

/**
 * Which events a pane counts.
 *
 * @param windowStartMillis inclusive, event time of the prediction
 * @param segment {@code field=value}; {@link #ALL} for all events
 */
public record PaneKey(PaneKind kind, long windowStartMillis, ModelVersion model, String segment) {

    /** The segment of all events. */
    public static final String ALL = "";

    /** What panes of different windows have in common when they are compared: text, to be a key. */
    public String series() {
        return model.name() + '|' + model.version() + '|' + model.digest() + '|' + segment;
    }
}
