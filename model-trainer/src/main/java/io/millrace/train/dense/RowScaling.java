/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Zero mean and unit deviation for each input, over the training rows without missing values. A missing value becomes the
 * mean, so 0; an input that never varies is divided by 1.
 */
record RowScaling(double[] means, double[] deviations) {

    static RowScaling of(List<LabelledRow> rows, int width) {
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int input = 0; input < width; input++) {
            means[input] = mean(rows, input);
            deviations[input] = deviation(rows, input, means[input]);
        }
        return new RowScaling(means, deviations);
    }

    private static double mean(List<LabelledRow> rows, int input) {
        return present(rows, input).average().orElse(0);
    }

    private static double deviation(List<LabelledRow> rows, int input, double mean) {
        DoubleSummaryStatistics range = present(rows, input).summaryStatistics();
        if (range.getMin() == range.getMax()) {
            return 1;
        }
        double variance = present(rows, input)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        return variance > 0 ? Math.sqrt(variance) : 1;
    }

    private static DoubleStream present(List<LabelledRow> rows, int input) {
        return rows.stream().mapToDouble(row -> row.features()[input]).filter(value -> !Double.isNaN(value));
    }

    void scale(double[] features, float[] into, int offset) {
        for (int i = 0; i < features.length; i++) {
            double value = Double.isNaN(features[i]) ? means[i] : features[i];
            into[offset + i] = (float) ((value - means[i]) / deviations[i]);
        }
    }

    @Override
    public String toString() {
        return "RowScaling[means=" + Arrays.toString(means) + ", deviations=" + Arrays.toString(deviations) + "]";
    }
}
