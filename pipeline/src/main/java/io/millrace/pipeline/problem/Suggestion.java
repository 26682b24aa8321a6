/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.problem;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the name that a person probably meant, by the edit distance that counts two letters swapped as one edit. */
final class Suggestion {

    private static final int LISTED_AT_MOST = 12;

    private Suggestion() {}

    static String of(String found, Collection<String> known) {
        String nearest = nearest(found, known);
        if (nearest != null) {
            return " Did you mean '" + nearest + "'?";
        }
        if (known.isEmpty() || known.size() > LISTED_AT_MOST) {
            return "";
        }
        return " Known here: " + String.join(", ", new TreeSet<>(known)) + ".";
    }

    private static @Nullable String nearest(String found, Collection<String> known) {
        int best = Math.max(1, found.length() / 3) + 1;
        String nearest = null;
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(found, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost 1. */
    private static int distance(String left, String right) {
        int[] beforePrevious = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            current[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] free = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = free;
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
                if (swapped(left, right, i, j)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
        }
        return current[right.length()];
    }

    private static boolean swapped(String left, String right, int i, int j) {
        return i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
    }
}
