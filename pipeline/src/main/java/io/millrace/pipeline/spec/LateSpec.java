/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the recent past, corrected for labels that are still to come.
 *
 * @param over how far back, from the end of each window; null: twice the horizon of the labels
 */
public record LateSpec(@Nullable Duration over) implements Serializable {}
