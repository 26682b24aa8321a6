/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

/**
 * Distances of two discrete distributions, given as shares of the same bins that each sum to 1. A bin that both leave empty
 * adds nothing. Logarithms are natural.
 */
public final class Divergence {

    private Divergence() {}

    /** The population stability index, Σ (c − r)·ln(c / r); infinite where one side alone is empty. */
    public static double psi(double[] reference, double[] current) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            if (reference[i] != current[i]) {
                sum += (current[i] - reference[i]) * Math.log(current[i] / reference[i]);
            }
        }
        return sum;
    }

    /** Kullback and Leibler's Σ p·ln(p / q); infinite where q alone is empty. */
    public static double kullbackLeibler(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                sum += p[i] * Math.log(p[i] / q[i]);
            }
        }
        return sum;
    }

    /** Jensen and Shannon's ½ KL(r‖m) + ½ KL(c‖m) with m = (r + c) / 2: from 0 to ln 2. */
    public static double jensenShannon(double[] reference, double[] current) {
        double[] middle = new double[reference.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = (reference[i] + current[i]) / 2;
        }
        double sum = kullbackLeibler(reference, middle) + kullbackLeibler(current, middle);
        return Math.max(0, sum / 2);
    }

    /** Hellinger's √(½ Σ (√r − √c)²): from 0 to 1. */
    public static double hellinger(double[] reference, double[] current) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = Math.sqrt(reference[i]) - Math.sqrt(current[i]);
            sum += difference * difference;
        }
        return Math.sqrt(sum / 2);
    }

    /** Hellinger's distance by the Bhattacharyya coefficient, √(1 − Σ √(r·c)). */
    public static double hellingerByOverlap(double[] reference, double[] current) {
        double overlap = 0;
        for (int i = 0; i < reference.length; i++) {
            overlap += Math.sqrt(reference[i] * current[i]);
        }
        return Math.sqrt(Math.max(0, 1 - overlap));
    }

    /** The greatest difference of cumulative shares: Kolmogorov and Smirnov's D on bins in ascending order. */
    public static double kolmogorovSmirnov(double[] reference, double[] current) {
        double greatest = 0;
        double difference = 0;
        for (int i = 0; i < reference.length; i++) {
            difference += current[i] - reference[i];
            greatest = Math.max(greatest, Math.abs(difference));
        }
        return greatest;
    }

    /** The greatest difference of any bin's share. */
    public static double infinity(double[] reference, double[] current) {
        double greatest = 0;
        for (int i = 0; i < reference.length; i++) {
            greatest = Math.max(greatest, Math.abs(reference[i] - current[i]));
        }
        return greatest;
    }
}
