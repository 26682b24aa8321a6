/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ColumnProfiler;
import io.millrace.monitor.profile.ReferenceProfile;
import java.util.ArrayList;
import java.util.List;

/** The monitoring profile of rows that did not train the model. */
final class HeldOutRows {

    private HeldOutRows() {}

    /**
     * The profile of labelled rows.
     *
     * @param inputs names of the features, in the order of the rows
     * @param scores one for each row, as the bundle will give them
     */
    static ReferenceProfile profile(List<String> inputs, List<LabelledRow> rows, float[] scores) {
        List<ColumnProfile> features = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            int column = i;
            features.add(ColumnProfiler.of(
                    inputs.get(i),
                    rows.stream().mapToDouble(row -> row.features()[column]).toArray()));
        }
        double[] answers = new double[scores.length];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = scores[i];
        }
        double[] labels =
                rows.stream().mapToDouble(row -> row.positive() ? 1 : 0).toArray();
        return new ReferenceProfile(features, ColumnProfiler.of("score", answers), ColumnProfiler.of("label", labels));
    }
}
