/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import java.util.Map;

/**
 * An activation function by DL4J's name for it.
 *
 * @param name the class name after {@code Activation}: {@code ReLU}, {@code Softmax}
 * @param parameters its numbers; those that are null in the configuration are left out
 */
public record Activation(String name, Map<String, Double> parameters) {

    /** Values pass as they are. */
    public static final Activation IDENTITY = new Activation("Identity", Map.of());

    public Activation {
        parameters = Map.copyOf(parameters);
    }

    /** The parameter's value, or {@code otherwise} where the configuration leaves it null. */
    public double parameter(String key, double otherwise) {
        return parameters.getOrDefault(key, otherwise);
    }
}
