/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.exact.Edges;

/**
 * What an estimation pane counts.
 *
 * @param ranks the bins of the ROC-AUC: quantiles of the reference scores
 * @param exactLimit up to how many scores of a window are kept for the exact area; 0: none
 * @param curve from raw score to probability
 */
public record EstimationLayout(Edges ranks, int exactLimit, IsotonicCurve curve) {

    public EstimationLayout {
        if (exactLimit < 0) {
            throw new IllegalArgumentException("the limit of the exact area is at least 0, found " + exactLimit);
        }
    }
}
