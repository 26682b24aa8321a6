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

    /** A prediction is not what its sources give. */
    public static final int DIFFERS = 6;

    /** The pipeline file defines other features than those of a prediction. */
    public static final int FEATURES_CHANGED = 7;

    /** The bundle that scored a prediction has other bytes now. */
    public static final int BUNDLE_CHANGED = 8;

    /** The bundle that scored a prediction is no longer there. */
    public static final int BUNDLE_GONE = 9;

    /** Events that a prediction depends on are no longer there. */
    public static final int SOURCE_GONE = 10;

    /** A prediction could not be reproduced, and nobody promised it. */
    public static final int NOT_PROMISED = 11;

    /** As shells count it: 128 and the number of the signal. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
