/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

/**
 * What one subtask answers to a preparation.
 *
 * @param commandId the command of the preparation
 * @param attempt the attempt of the preparation
 * @param greatestMillis the greatest event time that the subtask has scored; {@link Long#MIN_VALUE} before the first
 * @param message why not, for a reader; empty with {@code READY}
 */
public record Vote(
        Epoch epoch, int subtask, String commandId, int attempt, Verdict verdict, long greatestMillis, String message)
        implements ControlEntry {

    /** The answer. */
    public enum Verdict {
        /** Loaded; nothing from the fence on was scored, and nothing will be until the decision. */
        READY,
        /** Something from the fence on was scored already. */
        TOO_LATE,
        /** A bundle was refused. */
        REJECTED,
        /** Events were held for as long, or for as many, as may be. */
        HELD_TOO_LONG
    }
}
