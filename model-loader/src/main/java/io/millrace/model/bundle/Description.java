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
 * @param layout the network's inputs, their shapes, and the features that feed them
 * @param outputs how many values the network gives
 * @param labels the names of the classes, in order: one per output, or two for a binary task with one output; empty where
 *     they have no names; of a ranking, the items
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
        InputLayout layout,
        int outputs,
        List<String> labels,
        @Nullable String featureDigest,
        double threshold,
        @Nullable TrainingWindow training,
        Map<String, Double> metrics,
        Map<String, Long> seeds) {

    public Description {
        labels = List.copyOf(labels);
        metrics = sorted(metrics);
        seeds = sorted(seeds);
        check(name, task, outputs, labels);
    }

    /** A model with one row of features, each one value. */
    public Description(
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
        this(
                name,
                version,
                task,
                InputLayout.row(inputs),
                outputs,
                labels,
                featureDigest,
                threshold,
                training,
                metrics,
                seeds);
    }

    /**
     * The name of each value of a flat row, in order: of its feature, or {@code name[step]} where the feature is a
     * sequence.
     */
    public List<String> inputs() {
        return layout.slots();
    }

    /** How many classes the task tells apart; 0 where it tells none. */
    public int classes() {
        return classes(task, outputs);
    }

    /** Whether there is one number that a rule can decide on. */
    public boolean hasScore() {
        return task == Task.BINARY || (task == Task.REGRESSION && outputs == 1);
    }

    private static int classes(Task task, int outputs) {
        if (task == Task.REGRESSION || task == Task.RANKING) {
            return 0;
        }
        return Math.max(2, outputs);
    }

    private static void check(String name, Task task, int outputs, List<String> labels) {
        if (!fits(task, outputs)) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has " + outputs + " outputs, which is no " + task.word() + " task");
        }
        int names = classes(task, outputs) == 0 ? outputs : classes(task, outputs);
        if (task == Task.RANKING && labels.stream().distinct().count() != names) {
            throw new IllegalArgumentException("model '" + name + "' ranks " + outputs
                    + " items, each of which needs a name of its own, found " + labels.size() + " names");
        }
        if (!labels.isEmpty() && labels.size() != names) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has " + labels.size() + " labels, its task needs " + names + " or none");
        }
    }

    private static boolean fits(Task task, int outputs) {
        return switch (task) {
            case BINARY -> outputs == 1 || outputs == 2;
            case MULTICLASS, RANKING -> outputs >= 2;
            case REGRESSION -> outputs >= 1;
        };
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
