/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.performance.binary.BinaryLayout;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.profile.ReferencePerformance;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Makes the reference of estimates from labelled rows that did not train the model, in the order of their time. */
public final class ReferenceRows {

    /** As many chunks as NannyML makes when none are asked for. */
    private static final int CHUNKS = 10;

    private static final int RANKS = 500;

    private final double[] scores;
    private final boolean[] labels;
    private final boolean[] decisions;

    /** @param scores as consumers see them, none of them NaN */
    public ReferenceRows(double[] scores, boolean[] labels, boolean[] decisions) {
        this.scores = scores;
        this.labels = labels;
        this.decisions = decisions;
    }

    /** @param curve from score to probability, fitted on these rows or {@link IsotonicCurve#IDENTITY} */
    public ReferencePerformance performance(IsotonicCurve curve) {
        Map<EstimatedMetric, Double> deviations = SamplingDeviation.of(scores, labels, decisions);
        double[][] chunks = new double[EstimatedMetric.values().length][CHUNKS];
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            BinaryPane pane = pane(bound(chunk), bound(chunk + 1));
            for (EstimatedMetric metric : EstimatedMetric.values()) {
                chunks[index(metric)][chunk] = value(pane, metric);
            }
        }
        BinaryPane all = pane(0, scores.length);
        Map<String, ReferencePerformance.Metric> metrics = new TreeMap<>();
        for (EstimatedMetric metric : EstimatedMetric.values()) {
            double value = value(all, metric);
            double[] known = Arrays.stream(chunks[index(metric)])
                    .filter(Double::isFinite)
                    .toArray();
            if (known.length == CHUNKS && Double.isFinite(value)) {
                ReferenceBand band = ReferenceBand.of(known);
                metrics.put(
                        metric.metricName(),
                        new ReferencePerformance.Metric(
                                value, deviations.getOrDefault(metric, 0.0), band.low(), band.high()));
            }
        }
        double error = all.calibration().error();
        return new ReferencePerformance(
                scores.length, curve.scores(), curve.probabilities(), Double.isNaN(error) ? 0 : error, metrics);
    }

    private static int index(EstimatedMetric metric) {
        return Arrays.asList(EstimatedMetric.values()).indexOf(metric);
    }

    private int bound(int chunk) {
        return (int) ((long) chunk * scores.length / CHUNKS);
    }

    private BinaryPane pane(int from, int to) {
        double[] sorted = Arrays.stream(scores).sorted().toArray();
        Edges ranks = sorted.length == 0 ? Edges.unitInterval(RANKS) : Edges.quantiles(sorted, RANKS);
        BinaryPane pane = new BinaryPane(0, new BinaryLayout(ranks, new int[0], 0));
        for (int row = from; row < to; row++) {
            pane.add(scores[row], labels[row], decisions[row]);
        }
        return pane;
    }

    private static double value(BinaryPane pane, EstimatedMetric metric) {
        return switch (metric) {
            case ACCURACY -> pane.confusion().accuracy();
            case PRECISION -> pane.confusion().precision();
            case RECALL -> pane.confusion().recall();
            case F1 -> pane.confusion().f1();
            case ROC_AUC -> pane.rocAuc();
        };
    }
}
