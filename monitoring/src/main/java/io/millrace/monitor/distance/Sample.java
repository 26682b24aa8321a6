/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

/** Finite values in ascending order. What is computed from them depends on nothing but the values. */
public final class Sample {

    private final double[] sorted;

    /** @param sorted ascending and finite; owned by the sample from here on */
    public Sample(double[] sorted) {
        this.sorted = sorted;
    }

    public int size() {
        return sorted.length;
    }

    double[] values() {
        return sorted;
    }

    double least() {
        return sorted[0];
    }

    double greatest() {
        return sorted[sorted.length - 1];
    }

    double mean() {
        double sum = 0;
        for (double value : sorted) {
            sum += value;
        }
        return sum / sorted.length;
    }

    /** The standard deviation of a population: divided by n. */
    double deviation() {
        return Math.sqrt(moment(mean(), 1, 2));
    }

    /** The mean of ((x − mean) / scale)^power. */
    double moment(double mean, double scale, int power) {
        double sum = 0;
        for (double value : sorted) {
            sum += Math.pow((value - mean) / scale, power);
        }
        return sum / sorted.length;
    }

    /** Skewness as the ratio of moments; 0 where nothing varies. */
    double skewness() {
        double deviation = deviation();
        return deviation > 0 ? moment(mean(), deviation, 3) : 0;
    }

    /** How many different values there are. */
    int distinct() {
        int distinct = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[i - 1]) {
                distinct++;
            }
        }
        return distinct;
    }

    /** The quantile by linear interpolation between ranks, from 0 to 1 (type 7 of Hyndman and Fan). */
    double quantile(double share) {
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        double part = rank - below;
        if (part == 0) {
            return sorted[below];
        }
        double step = sorted[below + 1] - sorted[below];
        return part >= 0.5 ? sorted[below + 1] - step * (1 - part) : sorted[below] + step * part;
    }

    /** The values of two samples, in ascending order. */
    Sample with(Sample other) {
        double[] both = new double[sorted.length + other.sorted.length];
        int left = 0;
        int right = 0;
        for (int i = 0; i < both.length; i++) {
            boolean takeLeft =
                    right == other.sorted.length || left < sorted.length && sorted[left] <= other.sorted[right];
            both[i] = takeLeft ? sorted[left++] : other.sorted[right++];
        }
        return new Sample(both);
    }
}
