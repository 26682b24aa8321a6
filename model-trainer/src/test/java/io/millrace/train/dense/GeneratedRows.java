/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small history with a rule in it that no line separates: positive where x·y is large, with some noise. */
final class GeneratedRows {

    static final long START_MILLIS = 1_600_000_000_000L;

    private GeneratedRows() {}

    /** Rows of four inputs, a second apart; the third never varies and the fourth is often missing. */
    static List<LabelledRow> of(long seed, int count) {
        Random random = new Random(seed);
        List<LabelledRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double rarely = random.nextInt(3) == 0 ? Double.NaN : 1e5 * random.nextGaussian();
            boolean positive = x * y + 0.1 * random.nextGaussian() > 1;
            rows.add(new LabelledRow(START_MILLIS + 1_000L * i, new double[] {x, 50 + 7 * y, 0.1, rarely}, positive));
        }
        return rows;
    }
}
