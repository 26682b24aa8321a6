/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.util.Locale;

/** How far two distributions are apart. */
public enum DriftMetric {
    PSI,
    JS,
    KL,
    KS,
    /** The p-value of {@link #KS}. */
    KS_P,
    WASSERSTEIN,
    HELLINGER,
    /** The p-value of the χ² test. */
    CHI2_P,
    L_INFINITY;

    /** As the pipeline file and signals write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
