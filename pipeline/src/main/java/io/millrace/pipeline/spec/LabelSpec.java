/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where the truth comes from.
 *
 * @param stream whose events say it
 * @param join the field that names the scored event, in both streams
 * @param field of the label stream: true or false, or a number that is positive above 0
 * @param horizon how long after an event, in event time, a label counts for it
 * @param missingMeansNegative whether an event without a label is negative once the horizon has passed; otherwise it is left out
 */
public record LabelSpec(String stream, String join, String field, Duration horizon, boolean missingMeansNegative)
        implements Serializable {}
