/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Reads one layer of DL4J's JSON, whose class is already known to be a supported one. */
final class LayerReader {

    private static final int MAX_WIDTH = 10_000_000;
    private static final Activation IDENTITY = new Activation("Identity", Map.of());

    private LayerReader() {}

    /**
     * The layer.
     *
     * @param width how many values the layer before gives; 0: this is the first layer
     */
    static Layer read(JsonObject layer, int width) {
        String name = layer.text("@class");
        String kind =
                name.startsWith(SupportedClasses.LAYERS) ? name.substring(SupportedClasses.LAYERS.length()) : name;
        return switch (kind) {
            case "DenseLayer", "OutputLayer" -> dense(layer, width);
            case "BatchNormalization" -> batchNormalization(layer, width);
            case "ActivationLayer", "LossLayer" -> new Layer.Elementwise(known(layer, width), activation(layer));
            case "DropoutLayer" -> new Layer.Elementwise(known(layer, width), IDENTITY);
            default ->
                throw SupportedClasses.refuse(
                        "has a layer of class " + name + ", which is no layer. Save the network with DL4J 1.0.0-M2.1");
        };
    }

    private static Layer dense(JsonObject layer, int width) {
        boolean bias = !layer.has("hasBias") || layer.flag("hasBias");
        boolean normalized = layer.has("hasLayerNorm") && layer.flag("hasLayerNorm");
        int inputs = width(layer, "nin");
        checkWidth(layer, inputs, width);
        return new Layer.Dense(inputs, width(layer, "nout"), bias, normalized, activation(layer));
    }

    private static Layer batchNormalization(JsonObject layer, int width) {
        int inputs = width(layer, "nin");
        checkWidth(layer, inputs, width);
        if (width(layer, "nout") != inputs) {
            throw layer.refuse("nout", "must equal nin, " + inputs + ". Save the network with DL4J 1.0.0-M2.1");
        }
        return new Layer.BatchNormalization(
                inputs,
                layer.flag("lockGammaBeta"),
                layer.number("gamma"),
                layer.number("beta"),
                layer.number("eps"),
                layer.has("useLogStd") && layer.flag("useLogStd"));
    }

    private static Activation activation(JsonObject layer) {
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

    private static int known(JsonObject layer, int width) {
        if (width == 0) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "@class",
                    "is a layer without weights, which cannot stand first: the width of its input is unknown. Start the"
                            + " network with a dense layer");
        }
        return width;
    }

    private static int width(JsonObject layer, String key) {
        int width = layer.integer(key);
        if (width < 1 || width > MAX_WIDTH) {
            throw layer.refuse(
                    key, "is " + width + ", a layer has from 1 to " + MAX_WIDTH + " values. Use another network");
        }
        return width;
    }

    private static void checkWidth(JsonObject layer, int inputs, int width) {
        if (width != 0 && inputs != width) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    "nin",
                    "is " + inputs + ", but the layer before gives " + width
                            + " values. Save the network with DL4J 1.0.0-M2.1");
        }
    }
}
