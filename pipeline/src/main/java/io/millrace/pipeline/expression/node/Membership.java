/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.MISSING;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/** Whether a value stands in a list of literals; missing when the value is. */
public final class Membership {

    private Membership() {}

    public static TruthNode of(NumberNode value, double[] list) {
        double[] sorted = new double[list.length];
        for (int i = 0; i < list.length; i++) {
            sorted[i] = withoutNegativeZero(list[i]);
        }
        Arrays.sort(sorted);
        return frame -> {
            double number = value.number(frame);
            return Double.isNaN(number)
                    ? MISSING
                    : Comparison.truth(Arrays.binarySearch(sorted, withoutNegativeZero(number)) >= 0);
        };
    }

    public static TruthNode of(TextNode value, Collection<String> list) {
        Set<String> set = Set.copyOf(list);
        return frame -> {
            String text = value.text(frame);
            return text == null ? MISSING : Comparison.truth(set.contains(text));
        };
    }

    /** A sum with 0 turns -0 into 0, which {@code binarySearch} tells apart and {@code ==} does not. */
    private static double withoutNegativeZero(double value) {
        return value + 0.0;
    }
}
