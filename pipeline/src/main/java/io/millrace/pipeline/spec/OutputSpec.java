/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;

/**
 * What is written, and with which guarantee.
 *
 * @param prefix topics are {@code <prefix>.predictions}, {@code .signals}, {@code .dead-letters}, {@code .late}
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

    public String deadLetters() {
        return prefix + ".dead-letters";
    }

    public String late() {
        return prefix + ".late";
    }

    /** Every output topic of this pipeline, in a fixed order. */
    public List<String> topics() {
        return List.of(predictions(), signals(), deadLetters(), late());
    }
}
