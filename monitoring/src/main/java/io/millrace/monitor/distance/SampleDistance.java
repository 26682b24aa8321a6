/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** Distances of two samples that need no bins. */
public final class SampleDistance {

    /** Above this size the exact distribution of D gives way to its limit, as in SciPy. */
    private static final int MOST_EXACT = 10_000;

    private SampleDistance() {}

    /** Kolmogorov and Smirnov's D: the greatest difference of the empirical distribution functions. */
    public static double kolmogorovSmirnov(Sample reference, Sample current) {
        Walk walk = new Walk(reference, current);
        double greatest = 0;
        while (walk.advance()) {
            greatest = Math.max(greatest, Math.abs(walk.difference()));
        }
        return greatest;
    }

    /** The two-sided p-value of D: exact for samples of at most 10,000, beyond that by the limiting distribution. */
    public static double kolmogorovSmirnovP(Sample reference, Sample current) {
        PValueMethod method =
                Math.max(reference.size(), current.size()) <= MOST_EXACT ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
        return KolmogorovSmirnovTest.withDefaults()
                .with(method)
                .test(reference.values(), current.values())
                .getPValue();
    }

    /** The first Wasserstein distance, ∫ |F − G|, in the unit of the values. */
    public static double wasserstein(Sample reference, Sample current) {
        Walk walk = new Walk(reference, current);
        double sum = 0;
        double before = Math.min(reference.least(), current.least());
        double difference = 0;
        while (walk.advance()) {
            sum += Math.abs(difference) * (walk.at() - before);
            before = walk.at();
            difference = walk.difference();
        }
        return sum;
    }

    /** The empirical distribution functions of two samples, from one different value to the next. */
    private static final class Walk {

        private final double[] left;
        private final double[] right;
        private int leftPassed;
        private int rightPassed;
        private double at;

        Walk(Sample reference, Sample current) {
            left = reference.values();
            right = current.values();
        }

        boolean advance() {
            if (leftPassed == left.length && rightPassed == right.length) {
                return false;
            }
            double nextLeft = leftPassed < left.length ? left[leftPassed] : Double.POSITIVE_INFINITY;
            double nextRight = rightPassed < right.length ? right[rightPassed] : Double.POSITIVE_INFINITY;
            at = Math.min(nextLeft, nextRight);
            while (leftPassed < left.length && left[leftPassed] == at) {
                leftPassed++;
            }
            while (rightPassed < right.length && right[rightPassed] == at) {
                rightPassed++;
            }
            return true;
        }

        double at() {
            return at;
        }

        double difference() {
            return (double) rightPassed / right.length - (double) leftPassed / left.length;
        }
    }
}
