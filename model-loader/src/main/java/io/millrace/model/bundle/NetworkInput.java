/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import io.millrace.model.network.Shape;
import java.util.List;

/**
 * One input of a network, as {@code bundle.json} describes it.
 *
 * @param shape a row, a sequence (time-major) or an image (channels last)
 * @param features the names of the features that fill it: one per value; or, of a sequence, one per channel, and then each
 *     is a sequence of as many values as there are steps
 */
public record NetworkInput(String name, Shape shape, List<String> features) {

    public NetworkInput {
        features = List.copyOf(features);
        boolean perValue = features.size() == shape.values();
        boolean perChannel = shape instanceof Shape.Sequence && features.size() == shape.channels();
        if (shape instanceof Shape.Unrolled || !(perValue || perChannel)) {
            throw new IllegalArgumentException("input '" + name + "' of shape " + shape.text() + " has "
                    + features.size() + " features, it takes " + shape.values()
                    + (shape instanceof Shape.Sequence ? ", or " + shape.channels() + " sequences" : ""));
        }
    }

    /** A row of features, each one value. */
    public static NetworkInput row(List<String> features) {
        return new NetworkInput("features", new Shape.Row(Math.max(1, features.size())), features);
    }

    /** Whether its features are sequences, in which a step of missing values only is padding. */
    public boolean ofSequences() {
        return features.size() != shape.values();
    }

    /** The name of a flat slot: {@code name}, or {@code name[step]} of a sequence. */
    String slotName(int slot) {
        if (!ofSequences()) {
            return features.get(slot);
        }
        return features.get(slot % shape.channels()) + '[' + slot / shape.channels() + ']';
    }
}
