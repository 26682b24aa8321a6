/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import java.util.List;
import java.util.Map;

/**
 * A network that was read and found sound.
 *
 * @param kind how DL4J holds it
 * @param configuration DL4J's JSON, written again from the checked tree: what was checked is what DL4J reads
 * @param inputShapes one per input, in DL4J's order
 * @param outputShape of its one output
 * @param layers by DL4J's name for their place, in an order in which each comes after what it takes its values from
 * @param vocabularies per flat input value: below which whole number it must be; 0: it may be any number
 * @param weights all finite, in DL4J's order; owned by this record, never changed
 */
public record Network(
        Kind kind,
        String configuration,
        List<Shape> inputShapes,
        Shape outputShape,
        Map<String, Layer> layers,
        int[] vocabularies,
        float[] weights) {

    public Network {
        inputShapes = List.copyOf(inputShapes);
        layers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(layers));
    }

    /** How DL4J holds a network. */
    public enum Kind {
        /** Layers one after the other: {@code MultiLayerNetwork}. */
        SEQUENTIAL,
        /** Layers and other vertices: {@code ComputationGraph}. */
        GRAPH
    }

    /** How many values a flat row has: all inputs, one after the other. */
    public int inputs() {
        return vocabularies.length;
    }

    /** How many values leave, flat. */
    public int outputs() {
        return outputShape.values();
    }

    /** Whether DL4J can tell padding from steps all the way: it cannot once a sequence is flattened into a row. */
    public boolean takesMasks() {
        return layers.values().stream()
                .noneMatch(layer ->
                        layer instanceof Layer.Shaped shaped && shaped.kind().equals("ReshapeVertex"));
    }

    /** The first value of a prepared row, padding aside, that is no whole number within its vocabulary; -1: none. */
    public int outsideVocabulary(float[] rows, int offset) {
        for (int i = 0; i < vocabularies.length; i++) {
            float value = rows[offset + i];
            if (vocabularies[i] > 0
                    && !Float.isNaN(value)
                    && !(value >= 0 && value < vocabularies[i] && value == (int) value)) {
                return i;
            }
        }
        return -1;
    }
}
