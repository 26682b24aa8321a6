/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import io.millrace.monitor.exact.BoundedSample;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.exact.FixedPointSum;
import io.millrace.monitor.part.PanePart;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Scores, decisions and labels of one window, counted.
 *
 * <p>{@link #merge} is commutative and associative: any split of the rows over panes, merged in any order, gives the same
 * bytes. Not thread-safe.
 */
public final class BinaryPane implements PanePart<BinaryPane> {

    /** Bins of the equal-width calibration error, as in torchmetrics. */
    static final int WIDTH_BINS = 15;

    private static final Edges WIDTHS = Edges.unitInterval(WIDTH_BINS);

    /** Probabilities are not taken for smaller in the logarithm. */
    private static final double LEAST_PROBABILITY = 1e-15;

    final BinaryLayout layout;
    final ScoreBins ranks;
    final ScoreBins[] river;
    final ScoreBins widths = new ScoreBins(WIDTHS);
    final FixedPointSum[] widthSums = new FixedPointSum[WIDTH_BINS];
    FixedPointSum logLoss = new FixedPointSum();
    FixedPointSum squares = new FixedPointSum();
    BoundedSample positives;
    BoundedSample negatives;
    long truePositives;
    long falsePositives;
    long falseNegatives;
    long trueNegatives;
    long unusable;
    private final long windowStartMillis;

    /** @param windowStartMillis inclusive, event time */
    public BinaryPane(long windowStartMillis, BinaryLayout layout) {
        this.windowStartMillis = windowStartMillis;
        this.layout = layout;
        this.ranks = new ScoreBins(layout.ranks());
        this.river = new ScoreBins[layout.riverThresholds().length];
        for (int i = 0; i < river.length; i++) {
            river[i] = new ScoreBins(BinaryLayout.riverEdges(layout.riverThresholds()[i]));
        }
        for (int bin = 0; bin < WIDTH_BINS; bin++) {
            widthSums[bin] = new FixedPointSum();
        }
        this.positives = new BoundedSample(layout.exactLimit());
        this.negatives = new BoundedSample(layout.exactLimit());
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /**
     * Counts one labelled prediction.
     *
     * @param score one that is NaN is counted as unusable; one outside [0, 1] takes no part in what reads it as a
     *     probability
     * @param decision null when none was made
     */
    public void add(double score, boolean positive, @Nullable Boolean decision) {
        if (Double.isNaN(score)) {
            unusable++;
            return;
        }
        if (decision != null) {
            decide(decision, positive);
        }
        ranks.add(score, positive);
        for (ScoreBins each : river) {
            each.add(score, positive);
        }
        (positive ? positives : negatives).add(score);
        if (score >= 0 && score <= 1) {
            addProbability(score, positive);
        }
    }

    private void decide(boolean decision, boolean positive) {
        if (decision && positive) {
            truePositives++;
        } else if (decision) {
            falsePositives++;
        } else if (positive) {
            falseNegatives++;
        } else {
            trueNegatives++;
        }
    }

    private void addProbability(double probability, boolean positive) {
        widths.add(probability, positive);
        widthSums[WIDTHS.bin(probability)].add(probability);
        double ofLabel = positive ? probability : 1 - probability;
        logLoss.add(-StrictMath.log(Math.max(LEAST_PROBABILITY, ofLabel)));
        squares.add((1 - ofLabel) * (1 - ofLabel));
    }

    /**
     * Adds what another pane of the same window and layout counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other is of another window or layout
     */
    @Override
    public void merge(BinaryPane other) {
        checkAlike(other);
        truePositives += other.truePositives;
        falsePositives += other.falsePositives;
        falseNegatives += other.falseNegatives;
        trueNegatives += other.trueNegatives;
        unusable += other.unusable;
        ranks.merge(other.ranks);
        for (int i = 0; i < river.length; i++) {
            river[i].merge(other.river[i]);
        }
        widths.merge(other.widths);
        for (int bin = 0; bin < WIDTH_BINS; bin++) {
            widthSums[bin].merge(other.widthSums[bin]);
        }
        logLoss.merge(other.logLoss);
        squares.merge(other.squares);
        positives.merge(other.positives);
        negatives.merge(other.negatives);
    }

    private void checkAlike(BinaryPane other) {
        if (windowStartMillis != other.windowStartMillis || !layout.equals(other.layout)) {
            throw new IllegalArgumentException("a pane at " + other.windowStartMillis + " with " + other.layout
                    + " does not merge into one at " + windowStartMillis + " with " + layout);
        }
    }

    /** A pane of its own with the same counts. */
    @Override
    public BinaryPane copy() {
        BinaryPane copy = new BinaryPane(windowStartMillis, layout);
        copy.merge(this);
        return copy;
    }

    /** Decisions against labels, of the rows that had a decision. */
    public Confusion confusion() {
        return new Confusion(truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    /** How many rows had a score. */
    public long rows() {
        return positives.seen() + negatives.seen();
    }

    /** How many rows had a score that can be read as a probability. */
    long probabilities() {
        return BinaryMetrics.total(widths.positives) + BinaryMetrics.total(widths.negatives);
    }

    /** Whether exact metrics can be told: the sample was asked for and holds all rows. */
    boolean isExact() {
        return layout.exactLimit() > 0 && positives.isWhole() && negatives.isWhole();
    }

    /** Probabilities against labels in 15 bins of equal width. */
    public CalibrationBins calibration() {
        double[] sums = new double[WIDTH_BINS];
        for (int bin = 0; bin < WIDTH_BINS; bin++) {
            sums[bin] = widthSums[bin].value();
        }
        return new CalibrationBins(widths.positives.clone(), widths.negatives.clone(), sums);
    }

    /** The area under the ROC curve, binned at the layout's ranks; NaN when a class is empty. */
    public double rocAuc() {
        return BinaryMetrics.rocAuc(ranks.positives, ranks.negatives);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        BinaryPaneCodec.write(this, out);
    }
}
