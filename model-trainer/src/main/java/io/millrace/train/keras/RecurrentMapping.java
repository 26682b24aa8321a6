/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import io.millrace.train.network.NetworkDraft.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/**
 * Recurrent layers. Keras has the gates of an LSTM as input, forget, cell, output; DL4J as cell, forget, output, input.
 */
final class RecurrentMapping {

    private static final int GATES = 4;
    /** For each of DL4J's gates, which of Keras's it is. */
    private static final int[] ORDER = {2, 1, 3, 0};

    private RecurrentMapping() {}

    static Flow simple(KerasLayer layer, Mapping mapping) {
        int inputs = mapping.sequence(layer).channels();
        int units = units(layer);
        SimpleRnn recurrent = new SimpleRnn.Builder()
                .nIn(inputs)
                .nOut(units)
                .activation(KerasActivation.elementwise(layer, "activation"))
                .build();
        return add(layer, mapping, recurrent, weights(layer, mapping, units, 1));
    }

    static Flow lstm(KerasLayer layer, Mapping mapping) {
        int inputs = mapping.sequence(layer).channels();
        int units = units(layer);
        LSTM recurrent = new LSTM.Builder()
                .nIn(inputs)
                .nOut(units)
                .activation(KerasActivation.elementwise(layer, "activation"))
                .gateActivationFunction(KerasActivation.elementwise(layer, "recurrent_activation"))
                .build();
        return add(layer, mapping, recurrent, weights(layer, mapping, units, GATES));
    }

    private static int units(KerasLayer layer) {
        for (String key : new String[] {"go_backwards", "return_state", "stateful", "time_major"}) {
            if (layer.flag(key, false)) {
                throw layer.refuse(
                        "with " + key + ", which is not mapped: each row is a sequence of its own, oldest step"
                                + " first, and answers values only");
            }
        }
        int units = layer.integer("units");
        if (units < 1) {
            throw layer.refuse("of " + units + " units. Save the model again");
        }
        return units;
    }

    /** DL4J always has biases: zeros where Keras has none. */
    private static Map<String, Weights> weights(KerasLayer layer, Mapping mapping, int units, int gates) {
        int inputs = mapping.sequence(layer).channels();
        int wide = Math.multiplyExact(units, gates);
        Map<String, Weights> weights = new LinkedHashMap<>();
        weights.put("W", new Weights(gates(mapping.array(layer, "kernel", inputs, wide), units, gates), inputs, wide));
        weights.put(
                "RW",
                new Weights(gates(mapping.array(layer, "recurrent_kernel", units, wide), units, gates), units, wide));
        float[] bias = mapping.array(layer, "bias", layer.flag("use_bias", true), 0, wide);
        weights.put("b", new Weights(gates(bias, units, gates), 1, wide));
        return weights;
    }

    /** Rows of gates in DL4J's order. */
    private static float[] gates(float[] rows, int units, int gates) {
        if (gates != GATES) {
            return rows;
        }
        float[] ordered = new float[rows.length];
        int wide = units * GATES;
        for (int row = 0; row < rows.length / wide; row++) {
            for (int gate = 0; gate < GATES; gate++) {
                System.arraycopy(rows, row * wide + ORDER[gate] * units, ordered, row * wide + gate * units, units);
            }
        }
        return ordered;
    }

    private static Flow add(KerasLayer layer, Mapping mapping, Layer recurrent, Map<String, Weights> weights) {
        Shape.Sequence sequence = mapping.sequence(layer);
        int units = layer.integer("units");
        Shape steps = Mapping.shape(layer, () -> new Shape.Sequence(sequence.steps(), units));
        boolean all = layer.flag("return_sequences", false);
        String vertex = mapping.draft()
                .layer(layer.name(), all ? recurrent : new LastTimeStep(recurrent), mapping.only(layer), weights);
        return Flow.of(vertex, all ? steps : new Shape.Row(units));
    }
}
