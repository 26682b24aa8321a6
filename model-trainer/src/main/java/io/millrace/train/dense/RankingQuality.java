/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How well scores tell positives from negatives.
 *
 * @param rocAuc the share of pairs in the right order, ties counting half (Mann and Whitney 1947)
 * @param averagePrecision Σ (recall step) × precision over distinct scores, descending
 * @param bestThreshold the score from which on the answer is positive where F1 is greatest
 */
record RankingQuality(double rocAuc, double averagePrecision, double bestF1, double bestThreshold) {

    /**
     * The quality of one score per row, where rows of both classes are.
     *
     * @throws IllegalArgumentException when a score is not a number: a network gone astray ranks nothing
     */
    static RankingQuality of(float[] scores, List<LabelledRow> rows) {
        requireNumbers(scores);
        Integer[] descending = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Float.compare(scores[b], scores[a]))
                .toArray(Integer[]::new);
        long positives = rows.stream().filter(LabelledRow::positive).count();
        long negatives = rows.size() - positives;
        double pairs = 0;
        double precisionSum = 0;
        double bestF1 = 0;
        double bestThreshold = 0.5;
        long truePositives = 0;
        long falsePositives = 0;
        for (int i = 0; i < descending.length; ) {
            float score = scores[descending[i]];
            long positivesHere = 0;
            long negativesHere = 0;
            for (; i < descending.length && scores[descending[i]] == score; i++) {
                if (rows.get(descending[i]).positive()) {
                    positivesHere++;
                } else {
                    negativesHere++;
                }
            }
            pairs += negativesHere * (truePositives + positivesHere / 2.0);
            truePositives += positivesHere;
            falsePositives += negativesHere;
            precisionSum += (double) positivesHere / positives * truePositives / (truePositives + falsePositives);
            double f1 = 2.0 * truePositives / (truePositives + falsePositives + positives);
            if (f1 > bestF1) {
                bestF1 = f1;
                bestThreshold = score;
            }
        }
        return new RankingQuality(pairs / ((double) positives * negatives), precisionSum, bestF1, bestThreshold);
    }

    private static void requireNumbers(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException("the network's score of row " + i
                        + " is not a number. Look for inputs of extreme size in the history.");
            }
        }
    }
}
