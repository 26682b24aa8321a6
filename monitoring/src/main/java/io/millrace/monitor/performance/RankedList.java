/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import java.util.Arrays;

/**
 * How good one ranked list was.
 *
 * <p>Relevance is 0 or greater, by rank; an item is relevant when it is above 0. Relevant items that were not ranked belong
 * behind the list, so that the ideal and recall know them: the ideal uses the items that are in the list.
 */
public final class RankedList {

    private RankedList() {}

    /** Whether any item is relevant; a list without one takes no part in means. */
    public static boolean hasRelevant(double[] relevance) {
        for (double each : relevance) {
            if (each > 0) {
                return true;
            }
        }
        return false;
    }

    /** DCG at k over that of the ideal order; DCG = Σ relevance / log2(rank + 1). */
    public static double ndcg(double[] relevance, int k) {
        double[] ideal = relevance.clone();
        Arrays.sort(ideal);
        for (int low = 0, high = ideal.length - 1; low < high; low++, high--) {
            double swapped = ideal[low];
            ideal[low] = ideal[high];
            ideal[high] = swapped;
        }
        return gain(relevance, k) / gain(ideal, k);
    }

    private static double gain(double[] relevance, int k) {
        double sum = 0;
        for (int i = 0; i < Math.min(k, relevance.length); i++) {
            sum += relevance[i] / (StrictMath.log(i + 2) / StrictMath.log(2));
        }
        return sum;
    }

    /** 1 / the rank of the first relevant item within k; 0 without one. */
    public static double reciprocalRank(double[] relevance, int k) {
        for (int i = 0; i < Math.min(k, relevance.length); i++) {
            if (relevance[i] > 0) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    /** The sum of the precisions at the relevant ranks within k, over the lesser of k and the relevant items. */
    public static double averagePrecision(double[] relevance, int k) {
        double sum = 0;
        int relevant = 0;
        for (int i = 0; i < relevance.length; i++) {
            if (relevance[i] > 0) {
                relevant++;
                sum += i < k ? (double) relevant / (i + 1) : 0;
            }
        }
        return sum / Math.min(k, relevant);
    }

    /** 1 when a relevant item is within k, else 0. */
    public static double hit(double[] relevance, int k) {
        return reciprocalRank(relevance, k) > 0 ? 1 : 0;
    }
}
