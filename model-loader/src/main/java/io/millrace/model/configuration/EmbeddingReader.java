/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;

/** Reads layers that look vectors up. Weights: vocabulary × width, and width biases where they have them. */
final class EmbeddingReader {

    private EmbeddingReader() {}

    /** One number to one vector. */
    static Layer embedding(JsonObject layer, Shape input) {
        if (Sizes.row(layer, input).width() != 1) {
            throw Sizes.wrongShape(layer, input, "one number");
        }
        int width = width(layer);
        return new Layer.Embedding(vocabulary(layer), input, new Shape.Row(width), parameters(layer, width));
    }

    /** A number per step to a vector per step. */
    static Layer sequence(JsonObject layer, Shape input) {
        Sizes.channelsFirst(layer, "outputFormat", "NCW");
        int steps = steps(layer, input);
        if (!Sizes.flag(layer, "inferInputLength", true) && layer.integer("inputLength") != steps) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    "inputLength",
                    "is " + layer.integer("inputLength") + ", but " + steps
                            + " numbers reach it. Save the network with DL4J 1.0.0-M2.1");
        }
        int width = width(layer);
        Shape output = Sizes.shape(layer, "nout", () -> new Shape.Sequence(steps, width));
        return new Layer.Embedding(vocabulary(layer), input, output, parameters(layer, width));
    }

    private static int steps(JsonObject layer, Shape input) {
        if (input instanceof Shape.Row row) {
            return row.width();
        }
        Shape.Sequence sequence = Sizes.sequence(layer, input);
        if (sequence.channels() != 1) {
            throw Sizes.wrongShape(layer, input, "one number per step");
        }
        return sequence.steps();
    }

    /** The weights look values up as they are: an activation would be DL4J's own. */
    private static int width(JsonObject layer) {
        if (!LayerReader.activation(layer).name().equals("Identity")) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "activationFn",
                    "is no identity. Put the activation into a layer of its own");
        }
        return Sizes.width(layer, "nout");
    }

    private static int vocabulary(JsonObject layer) {
        return Sizes.width(layer, "nin");
    }

    private static long parameters(JsonObject layer, int width) {
        long vectors = vocabulary(layer) + (Sizes.flag(layer, "hasBias", false) ? 1L : 0L);
        return Math.multiplyExact(vectors, (long) width);
    }
}
