/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.pipeline.record.PendingOutcome;
import java.util.ArrayList;
import java.util.List;

/** What waits under one key: predictions for their label, labels for their predictions. */
public final class LabelState {

    final List<PendingOutcome> predictions = new ArrayList<>(1);
    final List<HeldLabel> labels = new ArrayList<>(0);

    boolean isEmpty() {
        return predictions.isEmpty() && labels.isEmpty();
    }

    LabelState copy() {
        LabelState copy = new LabelState();
        copy.predictions.addAll(predictions);
        copy.labels.addAll(labels);
        return copy;
    }

    /**
     * A label.
     *
     * @param matched whether it has answered a prediction
     */
    record HeldLabel(KeyedVector event, boolean matched) {

        long timeMillis() {
            return event.vector().event().eventTimeMillis();
        }
    }
}
