/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.problem;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the name that a person probably meant, by Levenshtein distance. */
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

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
