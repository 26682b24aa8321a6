/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which realised metrics are told once labels are known.
 *
 * @param metrics by name; empty: all
 * @param exact up to how many positives and how many negatives of a window are kept for exact areas; 0: none are kept
 * @param estimate whether metrics are estimated before labels are known, too, and the cause named when they are
 * @param late null: not corrected for labels that are still to come
 */
public record PerformanceSpec(
        List<String> metrics,
        int exact,
        boolean estimate,
        @Nullable LateSpec late) implements Serializable {

    public static final List<String> METRICS =
            List.of("accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc", "log_loss", "brier", "ece");

    /** The most that may be kept. */
    public static final int MOST_EXACT = 1_000_000;

    public PerformanceSpec {
        metrics = List.copyOf(metrics);
    }

    /** Realised metrics alone. */
    public PerformanceSpec(List<String> metrics, int exact) {
        this(metrics, exact, false, null);
    }
}
