/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of several rounds by case: median and spread. */
final class Figures {

    private final Map<String, List<Double>> byCase = new LinkedHashMap<>();

    void add(String name, double perSecond) {
        byCase.computeIfAbsent(name, absent -> new ArrayList<>()).add(perSecond);
    }

    double median(String name) {
        double[] sorted = sorted(name);
        return sorted[sorted.length / 2];
    }

    private double[] sorted(String name) {
        return byCase.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    String table(String reference) {
        StringBuilder text = new StringBuilder(
                "%-44s %14s %14s %14s %8s%n".formatted("case", "median/s", "least/s", "most/s", "ratio"));
        for (String name : byCase.keySet()) {
            double[] sorted = sorted(name);
            text.append("%-44s %,14.0f %,14.0f %,14.0f %8.3f%n"
                    .formatted(
                            name,
                            median(name),
                            sorted[0],
                            sorted[sorted.length - 1],
                            median(name) / median(reference)));
        }
        return text.toString();
    }

    Map<String, Object> asMap() {
        return new LinkedHashMap<>(byCase);
    }
}
