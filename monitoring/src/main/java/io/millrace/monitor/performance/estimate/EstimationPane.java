/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.exact.BoundedSample;
import io.millrace.monitor.exact.FixedPointSum;
import io.millrace.monitor.part.PanePart;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Calibrated scores and decisions of one window.
 *
 * <p>With probability p and decision d: TP = Σ p and FP = Σ (1 − p) over d = 1, FN = Σ p and TN = Σ (1 − p) over d = 0
 * (NannyML, {@code performance_estimation.rst}). ROC-AUC orders by the raw score and counts p of a positive and 1 − p of a
 * negative for each row: binned at the reference quantiles, or over all scores when they were kept. {@link #merge} is
 * commutative and associative. Not thread-safe.
 */
public final class EstimationPane implements PanePart<EstimationPane> {

    final EstimationLayout layout;
    final long[] rankRows;
    final FixedPointSum[] rankSums;
    FixedPointSum positiveSum = new FixedPointSum();
    FixedPointSum negativeSum = new FixedPointSum();
    BoundedSample sample;
    long decidedPositive;
    long decidedNegative;
    long unusable;
    private final long windowStartMillis;

    /** @param windowStartMillis inclusive, event time */
    public EstimationPane(long windowStartMillis, EstimationLayout layout) {
        this.windowStartMillis = windowStartMillis;
        this.layout = layout;
        this.rankRows = new long[layout.ranks().bins()];
        this.rankSums = new FixedPointSum[rankRows.length];
        for (int bin = 0; bin < rankSums.length; bin++) {
            rankSums[bin] = new FixedPointSum();
        }
        this.sample = new BoundedSample(layout.exactLimit());
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /**
     * Counts one prediction.
     *
     * @param score raw; NaN is counted as unusable
     * @param decision null when none was made
     */
    public void add(double score, @Nullable Boolean decision) {
        if (Double.isNaN(score)) {
            unusable++;
            return;
        }
        double probability = layout.curve().probability(score);
        if (decision != null && decision) {
            decidedPositive++;
            positiveSum.add(probability);
        } else if (decision != null) {
            decidedNegative++;
            negativeSum.add(probability);
        }
        int bin = layout.ranks().bin(score);
        rankRows[bin]++;
        rankSums[bin].add(probability);
        sample.add(score);
    }

    /**
     * Adds what another pane of the same window and layout counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other is of another window or layout
     */
    @Override
    public void merge(EstimationPane other) {
        if (windowStartMillis != other.windowStartMillis || !layout.equals(other.layout)) {
            throw new IllegalArgumentException("a pane at " + other.windowStartMillis + " with " + other.layout
                    + " does not merge into one at " + windowStartMillis + " with " + layout);
        }
        decidedPositive += other.decidedPositive;
        decidedNegative += other.decidedNegative;
        unusable += other.unusable;
        positiveSum.merge(other.positiveSum);
        negativeSum.merge(other.negativeSum);
        for (int bin = 0; bin < rankRows.length; bin++) {
            rankRows[bin] += other.rankRows[bin];
            rankSums[bin].merge(other.rankSums[bin]);
        }
        sample.merge(other.sample);
    }

    /** How many rows had a score. */
    public long rows() {
        return sample.seen();
    }

    /** How many rows had a decision. */
    public long decided() {
        return decidedPositive + decidedNegative;
    }

    public double truePositives() {
        return positiveSum.value();
    }

    public double falsePositives() {
        return decidedPositive - positiveSum.value();
    }

    public double falseNegatives() {
        return negativeSum.value();
    }

    public double trueNegatives() {
        return decidedNegative - negativeSum.value();
    }

    /** Whether the area is over all scores rather than binned. */
    public boolean isExact() {
        return layout.exactLimit() > 0 && sample.isWhole();
    }

    /** The estimated metric; NaN when there is nothing to divide by. */
    public double value(EstimatedMetric metric) {
        double right = truePositives();
        return switch (metric) {
            case ACCURACY -> share(right + trueNegatives(), (double) decided());
            case PRECISION -> share(right, (double) decidedPositive);
            case RECALL -> share(right, right + falseNegatives());
            case F1 -> share(2 * right, right + decidedPositive + falseNegatives());
            case ROC_AUC -> isExact() ? exactArea() : binnedArea();
        };
    }

    private static double share(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }

    private double binnedArea() {
        Area area = new Area();
        for (int bin = 0; bin < rankRows.length; bin++) {
            double positives = rankSums[bin].value();
            area.next(positives, rankRows[bin] - positives);
        }
        return area.value();
    }

    /** The most by which the binned area can differ from the exact one; 0 when it is exact. */
    public double areaErrorBound() {
        Area area = new Area();
        for (int bin = 0; bin < rankRows.length && !isExact(); bin++) {
            double positives = rankSums[bin].value();
            area.next(positives, rankRows[bin] - positives);
        }
        return isExact() ? 0 : area.bound();
    }

    private double exactArea() {
        Area area = new Area();
        double[] scores = sample.sorted();
        int next = 0;
        while (next < scores.length) {
            double probability = layout.curve().probability(scores[next]);
            int from = next;
            while (next < scores.length && scores[next] == scores[from]) {
                next++;
            }
            area.next(probability * (next - from), (1 - probability) * (next - from));
        }
        return area.value();
    }

    /** Trapezoids over groups of ascending score. */
    private static final class Area {
        private double positives;
        private double negatives;
        private double pairs;
        private double ties;

        void next(double positive, double negative) {
            pairs += positive * (negatives + 0.5 * negative);
            ties += positive * negative;
            positives += positive;
            negatives += negative;
        }

        double value() {
            return share(pairs, positives * negatives);
        }

        double bound() {
            return share(0.5 * ties, positives * negatives);
        }
    }

    @Override
    public EstimationPane copy() {
        EstimationPane copy = new EstimationPane(windowStartMillis, layout);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        EstimationPaneCodec.write(this, out);
    }
}
