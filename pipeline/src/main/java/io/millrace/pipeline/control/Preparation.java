/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

/**
 * The job proposes a change: whoever reads it loads what the regime needs, holds events from the fence on, and votes.
 *
 * @param commandId the command that it serves
 * @param attempt counts the proposals for one command, from 0
 * @param regime what shall hold from the fence on
 * @param fenceMillis event time, inclusive
 */
public record Preparation(String commandId, int attempt, Regime regime, long fenceMillis) implements ControlEntry {}
