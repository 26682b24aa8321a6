/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.fairness;

import io.millrace.monitor.performance.binary.Confusion;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * How much decisions differ between groups; NaN with fewer than two groups that can be compared.
 *
 * @param demographicParity greatest less least share of positive decisions
 * @param disparateImpact least over greatest share of positive decisions; under 0.8 breaks the four-fifths rule
 * @param equalOpportunity greatest less least recall
 */
public record Fairness(double demographicParity, double disparateImpact, double equalOpportunity) {

    /**
     * Compares groups.
     *
     * @param leastRows a group with fewer rows, or for recall with fewer positives, is left out
     */
    public static Fairness of(Collection<Confusion> groups, long leastRows) {
        Range selection = new Range();
        Range recall = new Range();
        for (Confusion group : groups) {
            selection.take(group, group.rows(), leastRows, Confusion::selection);
            recall.take(group, group.truePositives() + group.falseNegatives(), leastRows, Confusion::recall);
        }
        return new Fairness(selection.difference(), selection.ratio(), recall.difference());
    }

    /** The least and the greatest of a share. */
    private static final class Range {
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        private int groups;

        void take(Confusion group, long rows, long leastRows, ToDoubleFunction<Confusion> share) {
            if (rows > 0 && rows >= leastRows) {
                double value = share.applyAsDouble(group);
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                groups++;
            }
        }

        double difference() {
            return groups < 2 ? Double.NaN : greatest - least;
        }

        /** Equal shares, none at all included, are a ratio of 1. */
        double ratio() {
            if (groups < 2) {
                return Double.NaN;
            }
            return greatest == 0 ? 1 : least / greatest;
        }
    }
}
