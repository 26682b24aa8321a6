/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.score.Scorer;
import io.millrace.model.score.Scorers;

/** What a bundle answers, as serving would. */
final class Answers {

    private Answers() {}

    /** The greatest difference between an answer and what was expected of it. */
    static double greatestError(Bundle bundle, double[][] rows, double[][] expected) {
        double greatest = 0;
        try (Scorer scorer = Scorers.open(bundle, 1)) {
            for (int i = 0; i < rows.length; i++) {
                float[] row = new float[scorer.inputs()];
                for (int j = 0; j < row.length; j++) {
                    row[j] = (float) rows[i][j];
                }
                float[] outputs = new float[scorer.outputs()];
                scorer.score(row, 1, outputs);
                for (int j = 0; j < outputs.length; j++) {
                    greatest = Math.max(greatest, Math.abs(outputs[j] - expected[i][j]));
                }
            }
        }
        return greatest;
    }
}
