/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is written, and with which guarantee.
 *
 * @param prefix topics are {@code <prefix>.predictions}, {@code .predictions-shadow}, {@code .signals}, {@code .alerts}, {@code .models},
 *     {@code .control}, {@code .dead-letters}, {@code .late}
 * @param features whether a prediction carries the feature vector that it was made from
 * @param carry event fields that travel with the prediction
 */
public record OutputSpec(String prefix, Delivery delivery, WireFormat encoding, boolean features, List<String> carry)
        implements Serializable {

    public OutputSpec {
        carry = List.copyOf(carry);
    }

    public String predictions() {
        return prefix + ".predictions";
    }

    public String signals() {
        return prefix + ".signals";
    }

    public String alerts() {
        return prefix + ".alerts";
    }

    public String deadLetters() {
        return prefix + ".dead-letters";
    }

    public String late() {
        return prefix + ".late";
    }

    public String predictionsShadow() {
        return prefix + ".predictions-shadow";
    }

    public String models() {
        return prefix + ".models";
    }

    /** Commands for the job, and what its subtasks say to one another. One partition, kept for ever. */
    public String control() {
        return prefix + ".control";
    }

    /** The topics that the job's outcomes go to, in a fixed order. */
    public List<String> outcomes() {
        return List.of(predictions(), predictionsShadow(), signals(), alerts(), models(), deadLetters(), late());
    }

    /** Every topic of this pipeline but those that it only reads, in a fixed order. */
    public List<String> topics() {
        return Stream.concat(outcomes().stream(), Stream.of(control())).toList();
    }
}
