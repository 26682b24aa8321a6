/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

/** When an explanation is of no use any more. */
@FunctionalInterface
public interface Deadline {

    /** There is time without end. */
    Deadline NEVER = () -> false;

    boolean isOver();
}
