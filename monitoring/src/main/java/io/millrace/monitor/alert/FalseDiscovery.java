/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

/**
 * Which features count as moved: those that Benjamini and Hochberg reject over all features of a window.
 *
 * @param metric whose values are p-values, one per feature
 * @param rate the share of wrong discoveries that is borne, between 0 and 1
 */
public record FalseDiscovery(String metric, double rate) {

    public FalseDiscovery {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("a rate of false discoveries is between 0 and 1, found " + rate);
        }
    }
}
