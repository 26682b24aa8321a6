/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import io.millrace.model.bundle.Calibration;
import io.millrace.monitor.performance.estimate.IsotonicCurve;
import io.millrace.monitor.performance.estimate.ReferenceRows;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ColumnProfiler;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.train.calibration.IsotonicRegression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The monitoring profile of rows that did not train the model. */
final class HeldOutRows {

    private HeldOutRows() {}

    /**
     * The profile of labelled rows.
     *
     * @param inputs names of the features, in the order of the rows
     * @param scores one for each row, as the bundle will give them
     * @param threshold from which on the bundle will decide positive
     */
    static ReferenceProfile profile(List<String> inputs, List<LabelledRow> rows, float[] scores, double threshold) {
        List<ColumnProfile> features = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            int column = i;
            features.add(ColumnProfiler.of(
                    inputs.get(i),
                    rows.stream().mapToDouble(row -> row.features()[column]).toArray()));
        }
        double[] answers = new double[scores.length];
        boolean[] labels = new boolean[scores.length];
        boolean[] decisions = new boolean[scores.length];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = scores[i];
            labels[i] = rows.get(i).positive();
            decisions[i] = answers[i] >= threshold;
        }
        double[] truths =
                rows.stream().mapToDouble(row -> row.positive() ? 1 : 0).toArray();
        return new ReferenceProfile(
                features,
                ColumnProfiler.of("score", answers),
                ColumnProfiler.of("label", truths),
                new ReferenceRows(answers, labels, decisions).performance(curve(answers, labels)));
    }

    /**
     * Fitted on every other row it has to help on the rows between; then it is fitted on all of them.
     */
    private static IsotonicCurve curve(double[] scores, boolean[] labels) {
        int half = (scores.length + 1) / 2;
        double[] known = new double[half];
        boolean[] answers = new boolean[half];
        for (int i = 0; i < half; i++) {
            known[i] = scores[2 * i];
            answers[i] = labels[2 * i];
        }
        if (half == 0) {
            return IsotonicCurve.IDENTITY;
        }
        IsotonicCurve fitted =
                fit(known, answers).ifItHelps(between(scores, labels, true), between(scores, labels, false));
        return fitted.equals(IsotonicCurve.IDENTITY) ? fitted : fit(scores, labels);
    }

    private static IsotonicCurve fit(double[] scores, boolean[] labels) {
        Calibration.Isotonic fitted = IsotonicRegression.fit(scores, labels);
        return new IsotonicCurve(fitted.answers(), fitted.probabilities());
    }

    /** Every other score of this label, from the second on, ascending. */
    private static double[] between(double[] scores, boolean[] labels, boolean label) {
        return IntStream.range(0, scores.length)
                .filter(row -> row % 2 == 1 && labels[row] == label)
                .mapToDouble(row -> scores[row])
                .sorted()
                .toArray();
    }
}
