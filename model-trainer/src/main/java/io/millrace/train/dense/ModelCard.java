/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import io.millrace.train.calibration.CalibrationMethod;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The page that tells a person what a trained model is. */
final class ModelCard {

    private ModelCard() {}

    static String text(DenseTrainer.Request request, List<LabelledRow> training, Map<String, Double> metrics) {
        long positives = training.stream().filter(LabelledRow::positive).count();
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(request.name())
                .append(' ')
                .append(request.version())
                .append("\n\n");
        text.append("A dense network (32 and 16 ReLU units, one sigmoid output) trained on ")
                .append(training.size())
                .append(" rows, ")
                .append(positives)
                .append(" of them positive, from ")
                .append(Instant.ofEpochMilli(training.get(0).eventTimeMillis()))
                .append(" on. Seed ")
                .append(request.seed())
                .append(".\n\nInputs: ")
                .append(String.join(", ", request.inputs()))
                .append(".\n\n| metric | value |\n|---|---|\n");
        new TreeMap<>(metrics)
                .forEach((name, value) -> text.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(String.format(Locale.ROOT, "%.4f", value))
                        .append(" |\n"));
        text.append(
                request.calibration() == CalibrationMethod.NONE
                        ? "\nThe last fifth of the rows by time validated it and chose the epoch and the threshold (greatest"
                                + " F1), so these figures are a little kind.\n"
                        : "\nOf the last fifth of the rows by time, the first half validated it and chose the epoch, the"
                                + " calibration (" + request.calibration()
                                + ") and the threshold (greatest F1), so those"
                                + " figures are a little kind; the second half was only measured.\n");
        return text.toString();
    }
}
