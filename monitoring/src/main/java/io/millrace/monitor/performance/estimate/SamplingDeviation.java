/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.performance.binary.Confusion;
import io.millrace.monitor.performance.binary.SampleMetrics;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much one row moves each metric, measured on reference rows: the standard deviation of its influence. Divided by √n it
 * is the standard error of the metric over n rows.
 *
 * <p>Influences, with P(·) the share of rows: accuracy [right] − A; precision [d = 1]([y = 1] − Pr) / P(d = 1); recall
 * [y = 1]([d = 1] − R) / P(y = 1); F1 (2tp − F(2tp + fp + fn)) / mean(2tp + fp + fn); ROC-AUC (share of the other class that
 * the row is ranked right against − AUC) / P(its class) (DeLong, DeLong and Clarke-Pearson, 1988).
 */
public final class SamplingDeviation {

    private final double[] scores;
    private final boolean[] labels;
    private final boolean[] decisions;

    private SamplingDeviation(double[] scores, boolean[] labels, boolean[] decisions) {
        this.scores = scores;
        this.labels = labels;
        this.decisions = decisions;
    }

    /** The deviation of each metric; 0 where a class or decision is missing from the rows. */
    public static Map<EstimatedMetric, Double> of(double[] scores, boolean[] labels, boolean[] decisions) {
        SamplingDeviation rows = new SamplingDeviation(scores, labels, decisions);
        Map<EstimatedMetric, Double> deviations = new EnumMap<>(EstimatedMetric.class);
        Confusion all = rows.confusion();
        deviations.put(
                EstimatedMetric.ACCURACY, deviation(rows.influences((d, y) -> (d == y ? 1 : 0) - all.accuracy(), 1)));
        deviations.put(
                EstimatedMetric.PRECISION,
                deviation(rows.influences((d, y) -> d ? (y ? 1 : 0) - all.precision() : 0, all.selection())));
        deviations.put(
                EstimatedMetric.RECALL,
                deviation(rows.influences((d, y) -> y ? (d ? 1 : 0) - all.recall() : 0, rows.positiveShare())));
        double mean = (2.0 * all.truePositives() + all.falsePositives() + all.falseNegatives()) / all.rows();
        deviations.put(
                EstimatedMetric.F1,
                deviation(rows.influences((d, y) -> d && y ? 2 - 2 * all.f1() : d || y ? -all.f1() : 0, mean)));
        deviations.put(EstimatedMetric.ROC_AUC, deviation(rows.rankInfluences()));
        return deviations;
    }

    private Confusion confusion() {
        long[] counts = new long[4];
        for (int i = 0; i < labels.length; i++) {
            counts[(decisions[i] ? 0 : 2) + (decisions[i] == labels[i] ? 0 : 1)]++;
        }
        return new Confusion(counts[0], counts[1], counts[3], counts[2]);
    }

    private double positiveShare() {
        int positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        return (double) positives / labels.length;
    }

    private double[] influences(Influence influence, double divisor) {
        double[] all = new double[labels.length];
        for (int i = 0; i < all.length && divisor > 0; i++) {
            all[i] = influence.of(decisions[i], labels[i]) / divisor;
        }
        return all;
    }

    private double[] rankInfluences() {
        double[] positives = sorted(true);
        double[] negatives = sorted(false);
        double[] all = new double[labels.length];
        double area = SampleMetrics.rocAuc(positives, negatives);
        for (int i = 0; i < all.length && !Double.isNaN(area); i++) {
            double below = shareBelow(labels[i] ? negatives : positives, scores[i]);
            double rankedRight = labels[i] ? below : 1 - below;
            all[i] = (rankedRight - area) / (labels[i] ? positiveShare() : 1 - positiveShare());
        }
        return all;
    }

    private double[] sorted(boolean label) {
        double[] some = new double[scores.length];
        int size = 0;
        for (int i = 0; i < scores.length; i++) {
            if (labels[i] == label) {
                some[size++] = scores[i];
            }
        }
        return Arrays.stream(some, 0, size).sorted().toArray();
    }

    /** Ties count half. */
    private static double shareBelow(double[] sorted, double score) {
        return 0.5 * (firstNotBelow(sorted, score) + firstNotBelow(sorted, Math.nextUp(score))) / sorted.length;
    }

    private static int firstNotBelow(double[] sorted, double score) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < score) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static double deviation(double[] influences) {
        double mean = 0;
        for (double each : influences) {
            mean += each / influences.length;
        }
        double squares = 0;
        for (double each : influences) {
            squares += (each - mean) * (each - mean) / influences.length;
        }
        return Math.sqrt(squares);
    }

    /** How a decision and a label move a metric. */
    private interface Influence {
        double of(boolean decision, boolean label);
    }
}
