/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Shape;
import java.util.function.Supplier;

/** Reads the sizes that a layer claims, and refuses those that do not fit the values that reach it. */
final class Sizes {

    private static final int MAX_WIDTH = Shape.MAX_VALUES;
    private static final String AGAIN = ". Save the network with DL4J 1.0.0-M2.1";

    private Sizes() {}

    static boolean flag(JsonObject layer, String key, boolean otherwise) {
        return layer.has(key) ? layer.flag(key) : otherwise;
    }

    static int width(JsonObject layer, String key) {
        int width = layer.integer(key);
        if (width < 1 || width > MAX_WIDTH) {
            throw layer.refuse(
                    key, "is " + width + ", a layer has from 1 to " + MAX_WIDTH + " values. Use another network");
        }
        return width;
    }

    /** {@code nin}, which is how many channels reach the layer. */
    static int inputs(JsonObject layer, Shape input) {
        int inputs = width(layer, "nin");
        if (inputs != input.channels()) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    "nin",
                    "is " + inputs + ", but " + input.channels()
                            + " values reach it. Write the bundle again with a network and inputs that belong together");
        }
        return inputs;
    }

    /** Whole numbers, one per dimension of a window; those that stand behind are not used by DL4J. */
    static int[] window(JsonObject layer, String key, int least, int dimensions) {
        int[] sizes = layer.integers(key);
        if (sizes.length < dimensions) {
            throw layer.refuse(key, "has " + sizes.length + " numbers, the layer needs " + dimensions + AGAIN);
        }
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < least || sizes[i] > MAX_WIDTH) {
                throw layer.refuse(
                        key + "." + i, "is " + sizes[i] + ", it must be from " + least + " to " + MAX_WIDTH + AGAIN);
            }
        }
        return sizes;
    }

    /** A shape that a layer's sizes make; refused at that key where it cannot be. */
    static Shape shape(JsonObject layer, String key, Supplier<Shape> shape) {
        try {
            return shape.get();
        } catch (IllegalArgumentException impossible) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    key,
                    "makes an output that " + impossible.getMessage() + ". Use a smaller network");
        }
    }

    static Shape.Row row(JsonObject layer, Shape input) {
        if (input instanceof Shape.Row row) {
            return row;
        }
        throw wrongShape(layer, input, "a row");
    }

    /** A row, or steps that pass as rows. */
    static Shape rows(JsonObject layer, Shape input) {
        if (input instanceof Shape.Row || input instanceof Shape.Unrolled) {
            return input;
        }
        throw wrongShape(layer, input, "a row");
    }

    static Shape.Sequence sequence(JsonObject layer, Shape input) {
        if (input instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw wrongShape(layer, input, "a sequence");
    }

    static Shape.Image image(JsonObject layer, Shape input) {
        if (input instanceof Shape.Image image) {
            return image;
        }
        throw wrongShape(layer, input, "an image");
    }

    static ModelException wrongShape(JsonObject layer, Shape input, String wanted) {
        return layer.refuse(
                ModelException.Code.UNSUPPORTED,
                "@class",
                "takes " + wanted + ", but values of shape " + input.text() + " reach it"
                        + (input instanceof Shape.Unrolled ? " step by step" : "")
                        + ". Put the layer or the preprocessor between that reshapes them");
    }

    /** Refuses channels last; without the key DL4J has channels first. */
    static void channelsFirst(JsonObject layer, String key, String first) {
        if (layer.has(key) && !layer.text(key).equals(first)) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    key,
                    "is " + SupportedClasses.shown(layer.text(key)) + ", only " + first
                            + " is supported. Build the network with channels first");
        }
    }
}
