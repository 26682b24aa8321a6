/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

/** What came of holding a prediction against its sources, the worst first. */
public enum Outcome {
    /** A field is not what the same events, features and bundle give. */
    DIFFERS,
    /** The store holds the version with other bytes. */
    BUNDLE_CHANGED,
    /** The store no longer holds the version. */
    BUNDLE_GONE,
    /** The bundle is the same, but does not open or does not fit the pipeline. */
    BUNDLE_REFUSED,
    /** The pipeline file defines other features than those that were computed. */
    FEATURES_CHANGED,
    /** Events that the prediction depends on are gone from their topics. */
    SOURCE_GONE,
    /** A difference lies where the order of arrival decides, which nobody has written down. */
    NOT_PROMISED,
    /** Every field that was recorded is reproduced. */
    MATCH
}
