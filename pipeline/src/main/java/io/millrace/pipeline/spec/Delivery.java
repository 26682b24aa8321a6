/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

/** How often an outcome may be visible to a {@code read_committed} reader. */
public enum Delivery {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
}
