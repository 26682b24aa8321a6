/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.performance.binary.SampleMetrics;
import java.util.Arrays;

/**
 * A never falling curve from score to probability: straight between knots, level beyond the first and the last.
 *
 * @param scores where the knots stand, ascending
 * @param probabilities their heights, never falling, from 0 to 1
 */
public record IsotonicCurve(double[] scores, double[] probabilities) {

    /** Leaves scores between 0 and 1 as they are. */
    public static final IsotonicCurve IDENTITY = new IsotonicCurve(new double[] {0, 1}, new double[] {0, 1});

    /** Above it a model separates its reference rows too well for a curve to be fitted. */
    private static final double SEPARATED = 0.999;

    private static final int RUNS = 10;

    public IsotonicCurve {
        if (scores.length == 0 || scores.length != probabilities.length) {
            throw new IllegalArgumentException("a curve has as many probabilities as scores and at least one, found "
                    + probabilities.length + " and " + scores.length);
        }
        for (int i = 0; i < scores.length; i++) {
            boolean ascends = i == 0 || scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1];
            if (!ascends || !Double.isFinite(scores[i]) || !(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException("knot " + i + " is at " + scores[i] + " with probability "
                        + probabilities[i]
                        + ": scores must ascend, probabilities must lie between 0 and 1 and never fall");
            }
        }
    }

    /** The probability for a score that is not NaN. */
    public double probability(double score) {
        int found = Arrays.binarySearch(scores, score);
        if (found >= 0) {
            return probabilities[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return probabilities[0];
        }
        if (above == scores.length) {
            return probabilities[above - 1];
        }
        double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
        return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1]);
    }

    /**
     * This curve if it lowers the calibration error (10 runs of equal mass) of rows that it was not fitted on, otherwise
     * {@link #IDENTITY}; so too when a class is empty or the area under the ROC curve is above 0.999.
     *
     * @param positives the scores of the positive rows, ascending
     * @param negatives the scores of the negative rows, ascending
     */
    public IsotonicCurve ifItHelps(double[] positives, double[] negatives) {
        if (!(SampleMetrics.rocAuc(positives, negatives) <= SEPARATED)) {
            return IDENTITY;
        }
        double before = SampleMetrics.equalMassError(positives, negatives, RUNS);
        double after = SampleMetrics.equalMassError(all(positives), all(negatives), RUNS);
        return after < before ? this : IDENTITY;
    }

    private double[] all(double[] some) {
        return Arrays.stream(some).map(this::probability).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IsotonicCurve curve
                && Arrays.equals(scores, curve.scores)
                && Arrays.equals(probabilities, curve.probabilities);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(scores) + Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
        return "IsotonicCurve[" + scores.length + " knots]";
    }
}
