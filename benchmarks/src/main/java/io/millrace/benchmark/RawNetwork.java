/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.score.NetworkScorer;
import io.millrace.model.score.Scorer;
import io.millrace.model.score.Scorers;
import java.util.List;

/** Scoring alone: rows in memory, no Flink, no Kafka. */
final class RawNetwork {

    private static final int BATCH = 128;
    private static final long AT_LEAST_NANOS = 2_000_000_000L;

    private RawNetwork() {}

    static double dl4j(Bundle bundle, List<float[]> rows) {
        try (NetworkScorer scorer = NetworkScorer.open(bundle.network(), BATCH)) {
            return rate(scorer, rows);
        }
    }

    static double compiledPlan(Bundle bundle, List<float[]> rows) {
        try (Scorer scorer = Scorers.open(bundle, BATCH)) {
            return rate(scorer, rows);
        }
    }

    private static double rate(Scorer scorer, List<float[]> rows) {
        pass(scorer, rows);
        long start = System.nanoTime();
        long scored = 0;
        while (System.nanoTime() - start < AT_LEAST_NANOS) {
            scored += pass(scorer, rows);
        }
        return scored * 1e9 / (System.nanoTime() - start);
    }

    private static long pass(Scorer scorer, List<float[]> rows) {
        int width = scorer.inputs();
        float[] batch = new float[BATCH * width];
        float[] outputs = new float[BATCH * scorer.outputs()];
        long scored = 0;
        for (int from = 0; from + BATCH <= rows.size(); from += BATCH) {
            for (int row = 0; row < BATCH; row++) {
                System.arraycopy(rows.get(from + row), 0, batch, row * width, width);
            }
            scorer.score(batch, BATCH, outputs);
            scored += BATCH;
        }
        return scored;
    }
}
