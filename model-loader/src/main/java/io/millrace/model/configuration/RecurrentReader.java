/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;

/** Reads layers that walk along a sequence. */
final class RecurrentReader {

    private static final int LSTM_GATES = 4;

    private RecurrentReader() {}

    /** The layer on a sequence. */
    static Layer read(JsonObject layer, Shape input) {
        return switch (LayerReader.kind(layer)) {
            case "SimpleRnn" -> simple(layer, input);
            case "LSTM" -> lstm(layer, input);
            case "RnnOutputLayer" -> output(layer, input);
            case "LastTimeStep" -> last(layer, input);
            case "Bidirectional" -> bidirectional(layer, input);
            default ->
                throw SupportedClasses.refuse("has a layer of class " + layer.text("@class")
                        + ", which is no layer. Save the network with DL4J 1.0.0-M2.1");
        };
    }

    /** Weights: inputs × width, width × width, width biases. */
    private static Layer simple(JsonObject layer, Shape input) {
        if (Sizes.flag(layer, "hasLayerNorm", false)) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "hasLayerNorm",
                    "is true, which is not supported. Build the layer without layer norm");
        }
        return recurrent(layer, input, 1);
    }

    /** Weights: inputs × 4 width, width × 4 width, 4 width biases. */
    private static Layer lstm(JsonObject layer, Shape input) {
        String gate = layer.object("gateActivationFn").text("@class");
        if (!gate.startsWith(SupportedClasses.ACTIVATIONS)) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "gateActivationFn",
                    "is of class " + gate + ", which is no activation. Save the network with DL4J 1.0.0-M2.1");
        }
        return recurrent(layer, input, LSTM_GATES);
    }

    private static Layer recurrent(JsonObject layer, Shape input, int gates) {
        Shape.Sequence sequence = Sizes.sequence(layer, input);
        Sizes.channelsFirst(layer, "rnnDataFormat", "NCW");
        long inputs = Sizes.inputs(layer, sequence);
        int width = Sizes.width(layer, "nout");
        long wide = Math.multiplyExact((long) gates, (long) width);
        long parameters = Math.multiplyExact(wide, inputs + width + 1);
        return new Layer.Shaped(
                LayerReader.kind(layer),
                input,
                Sizes.shape(layer, "nout", () -> new Shape.Sequence(sequence.steps(), width)),
                parameters,
                LayerReader.activation(layer));
    }

    /** A dense layer at each step. Weights: inputs × width, width biases where it has them. */
    private static Layer output(JsonObject layer, Shape input) {
        Shape.Sequence sequence = Sizes.sequence(layer, input);
        Sizes.channelsFirst(layer, "rnnDataFormat", "NCW");
        int width = Sizes.width(layer, "nout");
        long vectors = Sizes.inputs(layer, sequence) + (Sizes.flag(layer, "hasBias", true) ? 1L : 0L);
        return new Layer.Shaped(
                LayerReader.kind(layer),
                input,
                Sizes.shape(layer, "nout", () -> new Shape.Sequence(sequence.steps(), width)),
                Math.multiplyExact(vectors, (long) width),
                LayerReader.activation(layer));
    }

    private static Layer last(JsonObject layer, Shape input) {
        Layer underlying = underlying(layer, "underlying", input);
        return new Layer.Shaped(
                LayerReader.kind(layer),
                input,
                new Shape.Row(underlying.output().channels()),
                underlying.parameters(),
                underlying.lastActivation());
    }

    private static Layer bidirectional(JsonObject layer, Shape input) {
        Sizes.channelsFirst(layer, "rnndataFormat", "NCW");
        Layer forward = underlying(layer, "fwd", input);
        Layer backward = underlying(layer, "bwd", input);
        if (!forward.output().equals(backward.output()) || forward.parameters() != backward.parameters()) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    "bwd",
                    "is not of the size of fwd. Save the network with DL4J 1.0.0-M2.1");
        }
        int steps = Sizes.sequence(layer, forward.output()).steps();
        int channels = forward.output().channels() * (layer.text("mode").equals("CONCAT") ? 2 : 1);
        return new Layer.Shaped(
                LayerReader.kind(layer),
                input,
                Sizes.shape(layer, "mode", () -> new Shape.Sequence(steps, channels)),
                Math.multiplyExact(2L, forward.parameters()),
                forward.lastActivation());
    }

    /** The layer that another one wraps: a recurrent one. */
    private static Layer underlying(JsonObject layer, String key, Shape input) {
        JsonObject underlying = layer.object(key);
        String kind = LayerReader.kind(underlying);
        boolean fits = kind.equals("SimpleRnn")
                || kind.equals("LSTM")
                || (key.equals("underlying") && kind.equals("Bidirectional"));
        if (!fits) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    key,
                    "is of class " + underlying.text("@class")
                            + ", only recurrent layers may stand there. Save the network with DL4J 1.0.0-M2.1");
        }
        return read(underlying, input);
    }
}
