/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bundle.json} says of a model.
 *
 * @param inputs the names of the features that feed the network, in order
 * @param outputs how many values the network gives
 * @param labels the names of the classes, in order: one per output, or two for a binary task with one output; empty where
 *     they have no names
 * @param featureDigest sha256 of what computes the inputs; null for a model that is bound to no pipeline's features
 * @param threshold from which score on the answer is positive; NaN: the model does not decide
 * @param training null where it is not known
 * @param metrics by name, on held-out rows
 * @param seeds by what they seed
 */
public record Description(
        String name,
        String version,
        Task task,
        List<String> inputs,
        int outputs,
        List<String> labels,
        @Nullable String featureDigest,
        double threshold,
        @Nullable TrainingWindow training,
        Map<String, Double> metrics,
        Map<String, Long> seeds) {

    public Description {
        inputs = List.copyOf(inputs);
        labels = List.copyOf(labels);
        metrics = sorted(metrics);
        seeds = sorted(seeds);
        check(name, inputs, task, outputs, labels);
    }

    /** How many classes the task tells apart; 0 for a regression. */
    public int classes() {
        return classes(task, outputs);
    }

    /** Whether there is one number that a rule can decide on. */
    public boolean hasScore() {
        return task == Task.BINARY || (task == Task.REGRESSION && outputs == 1);
    }

    private static int classes(Task task, int outputs) {
        if (task == Task.REGRESSION) {
            return 0;
        }
        return Math.max(2, outputs);
    }

    private static void check(String name, List<String> inputs, Task task, int outputs, List<String> labels) {
        if (inputs.isEmpty() || inputs.stream().distinct().count() != inputs.size()) {
            throw new IllegalArgumentException("model '" + name + "' needs at least one input, each named once");
        }
        boolean fits =
                task == Task.BINARY ? outputs == 1 || outputs == 2 : outputs >= (task == Task.MULTICLASS ? 2 : 1);
        if (!fits) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has " + outputs + " outputs, which is no " + task.word() + " task");
        }
        int names = task == Task.REGRESSION ? outputs : classes(task, outputs);
        if (!labels.isEmpty() && labels.size() != names) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has " + labels.size() + " labels, its task needs " + names + " or none");
        }
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
