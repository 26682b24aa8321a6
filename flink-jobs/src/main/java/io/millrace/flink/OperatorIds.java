/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

/** Names and uids of the operators: by them a savepoint finds its state again. Never changed, never reused. */
final class OperatorIds {

    static final String SCORE = "score";
    static final String MONITOR = "monitor";
    static final String PENDING = "label-pending";
    static final String LABEL_ROUTE = "label-route";
    static final String LABEL = "label";
    static final String OUTCOME = "monitor-outcomes";
    static final String SIGNAL = "signal";
    static final String EXPLAIN = "explain";
    static final String ENCODE_PREDICTION = "encode-prediction";
    static final String ENCODE_REFUSAL = "encode-refusal";

    private OperatorIds() {}

    static String source(String stream) {
        return "source-" + stream;
    }

    static String admission(String stream) {
        return "admission-" + stream;
    }

    static String route(String stream, String key) {
        return "route-" + stream + "-by-" + key;
    }

    static String feature(String key) {
        return "feature-by-" + key;
    }

    static String sink(String branch) {
        return "sink-" + branch;
    }
}
