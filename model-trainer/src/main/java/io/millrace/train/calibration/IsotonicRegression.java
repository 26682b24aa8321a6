/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.calibration;

import io.millrace.model.bundle.Calibration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The never falling function that is nearest to the labels in squares, by pooling adjacent violators (M. Ayer et al., "An
 * empirical distribution function for sampling with incomplete information", 1955). Each pool becomes a level between its
 * least and its greatest answer; between pools the line is straight.
 */
public final class IsotonicRegression {

    private final double[] least;
    private final double[] greatest;
    private final double[] positives;
    private final double[] rows;
    private int pools;

    private IsotonicRegression(int size) {
        least = new double[size];
        greatest = new double[size];
        positives = new double[size];
        rows = new double[size];
    }

    public static Calibration.Isotonic fit(double[] answers, boolean[] positive) {
        int[] order = IntStream.range(0, answers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> answers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        IsotonicRegression regression = new IsotonicRegression(answers.length);
        for (int i : order) {
            regression.add(answers[i], positive[i]);
        }
        regression.pool();
        return regression.calibration();
    }

    /** Rows of the same answer belong to the same pool from the start. */
    private void add(double answer, boolean positive) {
        if (pools == 0 || greatest[pools - 1] < answer) {
            least[pools] = answer;
            greatest[pools] = answer;
            pools++;
        }
        positives[pools - 1] += positive ? 1 : 0;
        rows[pools - 1]++;
    }

    private void pool() {
        int last = -1;
        for (int next = 0; next < pools; next++) {
            last++;
            least[last] = least[next];
            greatest[last] = greatest[next];
            positives[last] = positives[next];
            rows[last] = rows[next];
            while (last > 0 && level(last - 1) >= level(last)) {
                greatest[last - 1] = greatest[last];
                positives[last - 1] += positives[last];
                rows[last - 1] += rows[last];
                last--;
            }
        }
        pools = last + 1;
    }

    private double level(int pool) {
        return positives[pool] / rows[pool];
    }

    /** Two knots a pool, one where it has a single answer; pools beyond the most that a bundle takes are left out evenly. */
    private Calibration.Isotonic calibration() {
        double[] answers = new double[2 * pools];
        double[] levels = new double[2 * pools];
        int knots = 0;
        for (int pool = 0; pool < pools; pool++) {
            answers[knots] = least[pool];
            levels[knots++] = level(pool);
            if (greatest[pool] > least[pool]) {
                answers[knots] = greatest[pool];
                levels[knots++] = level(pool);
            }
        }
        return thinned(Arrays.copyOf(answers, knots), Arrays.copyOf(levels, knots));
    }

    private static Calibration.Isotonic thinned(double[] answers, double[] levels) {
        int most = Math.min(answers.length, Calibration.Isotonic.MOST_KNOTS);
        double[] keptAnswers = new double[most];
        double[] keptLevels = new double[most];
        for (int i = 0; i < most; i++) {
            int from = most == 1 ? 0 : (int) ((long) i * (answers.length - 1) / (most - 1));
            keptAnswers[i] = answers[from];
            keptLevels[i] = levels[from];
        }
        return new Calibration.Isotonic(keptAnswers, keptLevels);
    }
}
