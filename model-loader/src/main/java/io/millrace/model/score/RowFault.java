/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import org.jspecify.annotations.Nullable;

/**
 * Why a row has no score.
 *
 * @param input the input at fault; null when it is an output
 */
public record RowFault(@Nullable String input, String message) {}
