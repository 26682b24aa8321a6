/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import java.util.Locale;

/** What is estimated; in lower case it is the metric's name. */
public enum EstimatedMetric {
    ACCURACY,
    PRECISION,
    RECALL,
    F1,
    ROC_AUC;

    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
