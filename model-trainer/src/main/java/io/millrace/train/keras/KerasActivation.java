/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** DL4J's activation functions for those of Keras 2: only such as compute the same. */
final class KerasActivation {

    private static final String KNOWN =
            "elu, hard_sigmoid, linear, relu, selu, sigmoid, softmax, softplus, softsign, swish and tanh";

    private KerasActivation() {}

    /** The function that a layer names under the key; the identity where it names none. */
    static Activation named(KerasLayer layer, String key) {
        JsonNode name = layer.config().path(key);
        Activation found = name.isMissingNode() || name.isNull() ? Activation.IDENTITY : find(name.asText());
        if (found == null) {
            throw layer.refuse("whose " + key + " is " + name + ", and only " + KNOWN + " can be mapped");
        }
        return found;
    }

    /** The same, of one value at a time: not softmax. */
    static IActivation elementwise(KerasLayer layer, String key) {
        Activation found = named(layer, key);
        if (found == Activation.SOFTMAX) {
            throw layer.refuse("whose " + key
                    + " is softmax, which cannot be mapped there. Use an activation of one value" + " at a time");
        }
        return found.getActivationFunction();
    }

    private static @Nullable Activation find(String name) {
        return switch (name) {
            case "elu" -> Activation.ELU;
            case "hard_sigmoid" -> Activation.HARDSIGMOID;
            case "linear" -> Activation.IDENTITY;
            case "relu" -> Activation.RELU;
            case "selu" -> Activation.SELU;
            case "sigmoid" -> Activation.SIGMOID;
            case "softmax" -> Activation.SOFTMAX;
            case "softplus" -> Activation.SOFTPLUS;
            case "softsign" -> Activation.SOFTSIGN;
            case "swish", "silu" -> Activation.SWISH;
            case "tanh" -> Activation.TANH;
            default -> null;
        };
    }

    /** The function of a layer that is nothing but one of one value at a time. */
    static IActivation layer(KerasLayer layer) {
        return switch (layer.type()) {
            case "Activation" -> elementwise(layer, "activation");
            case "ReLU" -> relu(layer);
            case "LeakyReLU" -> new ActivationLReLU(layer.number("alpha", 0.3));
            case "ELU" -> new ActivationELU(layer.number("alpha", 1));
            case "ThresholdedReLU" -> new ActivationThresholdedReLU(layer.number("theta", 1));
            default -> throw new IllegalArgumentException(layer.type());
        };
    }

    private static IActivation relu(KerasLayer layer) {
        double slope = layer.number("negative_slope", 0);
        double most = layer.number("max_value", Double.NaN);
        if (layer.number("threshold", 0) != 0 || (slope != 0 && !Double.isNaN(most))) {
            throw layer.refuse(
                    "with a threshold, or with a slope and a max_value, which DL4J has not. Use a plain, a leaky"
                            + " or a capped one");
        }
        if (slope != 0) {
            return new ActivationLReLU(slope);
        }
        return Double.isNaN(most) ? new ActivationReLU() : new ActivationReLU(most, null, null);
    }
}
