/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import java.util.Arrays;
import java.util.Random;

/**
 * Customers and terminals on a square map of 100 by 100. A customer has a home, a mean amount, a share of all payments, and
 * pays at the terminals within a radius of the home, or at the nearest one when there is none.
 */
final class Population {

    private static final double SIDE = 100;

    /** About 30 terminals in reach, whatever their number. */
    private static final double REACHABLE = 30;

    private final double[] meanAmounts;
    private final double[] cumulativeActivity;
    private final int[][] reachable;

    Population(GeneratorOptions options, Random random) {
        double[][] homes = points(options.customers(), random);
        double[][] places = points(options.terminals(), random);
        meanAmounts = new double[homes.length];
        cumulativeActivity = new double[homes.length];
        reachable = new int[homes.length][];
        double radius = SIDE * StrictMath.sqrt(REACHABLE / StrictMath.PI / places.length);
        double activity = 0;
        for (int i = 0; i < homes.length; i++) {
            meanAmounts[i] = 35 * StrictMath.exp(0.6 * random.nextGaussian());
            activity += StrictMath.exp(0.5 * random.nextGaussian());
            cumulativeActivity[i] = activity;
            reachable[i] = within(radius, homes[i], places);
        }
    }

    private static double[][] points(int count, Random random) {
        double[][] points = new double[count][];
        for (int i = 0; i < count; i++) {
            points[i] = new double[] {SIDE * random.nextDouble(), SIDE * random.nextDouble()};
        }
        return points;
    }

    private static int[] within(double radius, double[] home, double[][] places) {
        int[] found = new int[places.length];
        int count = 0;
        int nearest = 0;
        for (int i = 0; i < places.length; i++) {
            if (square(home, places[i]) <= radius * radius) {
                found[count++] = i;
            }
            if (square(home, places[i]) < square(home, places[nearest])) {
                nearest = i;
            }
        }
        return count == 0 ? new int[] {nearest} : Arrays.copyOf(found, count);
    }

    private static double square(double[] a, double[] b) {
        return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]);
    }

    /** A customer, the active ones more often. */
    int customer(Random random) {
        double at = random.nextDouble() * cumulativeActivity[cumulativeActivity.length - 1];
        int found = Arrays.binarySearch(cumulativeActivity, at);
        return Math.min(cumulativeActivity.length - 1, found < 0 ? -found - 1 : found + 1);
    }

    /** A terminal near a customer's home. */
    int terminal(int customer, Random random) {
        int[] near = reachable[customer];
        return near[random.nextInt(near.length)];
    }

    double meanAmount(int customer) {
        return meanAmounts[customer];
    }
}
