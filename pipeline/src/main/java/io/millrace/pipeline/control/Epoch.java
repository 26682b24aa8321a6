/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

/**
 * One execution of a job between two restarts: votes of different executions never count together.
 *
 * @param job Flink's job id
 * @param attempt how often the job was restarted
 */
public record Epoch(String job, int attempt) {}
