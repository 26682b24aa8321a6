/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Activation;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;
import java.util.HashMap;
import java.util.Map;

/** Reads one layer of DL4J's JSON, whose class is already known to be a supported one. */
final class LayerReader {

    private LayerReader() {}

    /** The layer on values of that shape. */
    static Layer read(JsonObject layer, Shape input) {
        return switch (kind(layer)) {
            case "DenseLayer", "OutputLayer" -> dense(layer, input);
            case "BatchNormalization" -> batchNormalization(layer, input);
            case "ActivationLayer" -> new Layer.Elementwise(input, activation(layer));
            case "LossLayer" -> new Layer.Elementwise(Sizes.row(layer, input), activation(layer));
            case "DropoutLayer" -> new Layer.Elementwise(input, Activation.IDENTITY);
            case "EmbeddingLayer" -> EmbeddingReader.embedding(layer, input);
            case "EmbeddingSequenceLayer" -> EmbeddingReader.sequence(layer, input);
            case "Convolution1DLayer", "Convolution1D" -> WindowReader.convolution1d(layer, input);
            case "ConvolutionLayer", "Convolution2D" -> WindowReader.convolution2d(layer, input);
            case "Subsampling1DLayer", "Pooling1D" -> WindowReader.pooling1d(layer, input);
            case "SubsamplingLayer", "Pooling2D" -> WindowReader.pooling2d(layer, input);
            case "GlobalPoolingLayer" -> WindowReader.global(layer, input);
            case "ZeroPadding1DLayer" -> WindowReader.padding1d(layer, input);
            case "ZeroPaddingLayer" -> WindowReader.padding2d(layer, input);
            default -> RecurrentReader.read(layer, input);
        };
    }

    /** The class of a layer without its package; of what is no layer, its whole name. */
    static String kind(JsonObject layer) {
        String name = layer.text("@class");
        if (name.startsWith(SupportedClasses.RECURRENT)) {
            return name.substring(SupportedClasses.RECURRENT.length());
        }
        return name.startsWith(SupportedClasses.LAYERS) ? name.substring(SupportedClasses.LAYERS.length()) : name;
    }

    private static Layer dense(JsonObject layer, Shape input) {
        boolean bias = Sizes.flag(layer, "hasBias", true);
        boolean normalized = Sizes.flag(layer, "hasLayerNorm", false);
        int inputs = Sizes.inputs(layer, Sizes.rows(layer, input));
        Layer.Dense dense = new Layer.Dense(inputs, Sizes.width(layer, "nout"), bias, normalized, activation(layer));
        if (input instanceof Shape.Unrolled steps) {
            return new Layer.Shaped(
                    kind(layer),
                    input,
                    Sizes.shape(layer, "nout", () -> new Shape.Unrolled(steps.steps(), dense.outputs())),
                    dense.parameters(),
                    dense.activation());
        }
        return dense;
    }

    private static Layer batchNormalization(JsonObject layer, Shape input) {
        if (input instanceof Shape.Sequence) {
            throw Sizes.wrongShape(
                    layer,
                    input,
                    "a row, the steps of a sequence or an image (DL4J 1.0.0-M2.1 fails on sequences: unroll them first)");
        }
        Sizes.channelsFirst(layer, "cnn2DFormat", "NCHW");
        int width = Sizes.inputs(layer, input);
        if (Sizes.width(layer, "nout") != width) {
            throw layer.refuse("nout", "must equal nin, " + width + ". Save the network with DL4J 1.0.0-M2.1");
        }
        Layer.BatchNormalization normalization = new Layer.BatchNormalization(
                width,
                layer.flag("lockGammaBeta"),
                layer.number("gamma"),
                layer.number("beta"),
                layer.number("eps"),
                Sizes.flag(layer, "useLogStd", false));
        return input instanceof Shape.Row
                ? normalization
                : new Layer.Shaped(kind(layer), input, input, normalization.parameters(), Activation.IDENTITY);
    }

    /** The activation function of a layer. */
    static Activation activation(JsonObject layer) {
        JsonObject function = layer.object("activationFn");
        String name = function.text("@class");
        if (!name.startsWith(SupportedClasses.ACTIVATIONS)) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "activationFn",
                    "is of class " + name + ", which is no activation. Save the network with DL4J 1.0.0-M2.1");
        }
        Map<String, Double> parameters = new HashMap<>();
        for (String key : function.keys()) {
            if (function.tree().path(key).isNumber()) {
                parameters.put(key, function.number(key));
            }
        }
        return new Activation(name.substring(SupportedClasses.ACTIVATIONS.length()), parameters);
    }
}
