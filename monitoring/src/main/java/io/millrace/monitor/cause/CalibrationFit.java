/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import io.millrace.monitor.performance.binary.CalibrationBins;
import io.millrace.monitor.statistics.ChiSquare;

/**
 * Whether labels follow their probabilities: Hosmer and Lemeshow's χ² = Σ_b (positives − Σp)² / (n_b p̄_b (1 − p̄_b)) with as
 * many degrees of freedom as bins, since nothing was fitted on these rows. Bins join their neighbours until the denominator is
 * at least 5.
 */
public final class CalibrationFit {

    private static final double LEAST_VARIANCE = 5;

    private CalibrationFit() {}

    /** The probability of labels at least as far from their probabilities by chance; NaN when there are too few rows. */
    public static double pValue(CalibrationBins window) {
        double statistic = 0;
        int bins = 0;
        double observed = 0;
        double expected = 0;
        double size = 0;
        for (int bin = 0; bin < window.positives().length; bin++) {
            observed += window.positives()[bin];
            expected += window.probabilities()[bin];
            size += window.positives()[bin] + window.negatives()[bin];
            double variance = expected * (1 - expected / size);
            if (variance >= LEAST_VARIANCE) {
                statistic += (observed - expected) * (observed - expected) / variance;
                bins++;
                observed = 0;
                expected = 0;
                size = 0;
            }
        }
        return ChiSquare.upperTail(statistic, bins);
    }
}
