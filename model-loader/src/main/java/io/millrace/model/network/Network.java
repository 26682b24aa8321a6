/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import java.util.List;

/**
 * A network that was read and found sound.
 *
 * @param configuration DL4J's JSON, written again from the checked tree: what was checked is what DL4J reads
 * @param layers in order; each takes as many values as the one before gives
 * @param weights all finite, in the order of the layers; owned by this record, never changed
 */
public record Network(String configuration, List<Layer> layers, float[] weights) {

    public Network {
        layers = List.copyOf(layers);
    }

    public int inputs() {
        return layers.get(0).inputs();
    }

    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }
}
