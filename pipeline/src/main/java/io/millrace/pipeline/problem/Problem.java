/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.problem;

/**
 * One thing that is wrong with a file.
 *
 * @param path where, as keys joined by dots: {@code features.amount_ratio.value}
 * @param message what is wrong, what was found, and the cure
 */
public record Problem(String path, String message) {}
