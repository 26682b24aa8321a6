/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;

/**
 * How good predictions were, once their labels are known.
 *
 * @param metrics by name, such as {@code roc_auc}; empty: all
 * @param exact up to how many positives and how many negatives of a window are kept for exact metrics; 0: none
 */
public record PerformanceSpec(List<String> metrics, int exact) implements Serializable {

    public static final List<String> METRICS =
            List.of("accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc", "log_loss", "brier", "ece");

    /** The most that may be kept. */
    public static final int MOST_EXACT = 1_000_000;

    public PerformanceSpec {
        metrics = List.copyOf(metrics);
    }
}
