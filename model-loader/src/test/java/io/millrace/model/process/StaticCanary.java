/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.process;

/** A class whose static initialiser leaves a mark: it must never run because a bundle names the class. */
public final class StaticCanary {

    /** Set to {@code true} by the initialiser. */
    public static final String MARK = "millrace.test.static-canary";

    static {
        System.setProperty(MARK, "true");
    }

    private StaticCanary() {}
}
