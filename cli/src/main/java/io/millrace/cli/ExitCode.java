/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

/** Exit codes of every command: scripts rely on them. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int PROBLEMS = 3;
    public static final int MODEL_REFUSED = 4;
    public static final int KAFKA = 5;

    /** As shells count it: 128 and the number of the signal. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
