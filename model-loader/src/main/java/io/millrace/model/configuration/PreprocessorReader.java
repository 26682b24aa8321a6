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

/** Reads what DL4J puts between layers to reshape values; it has no weights. */
final class PreprocessorReader {

    private PreprocessorReader() {}

    /** What the preprocessor makes of values of that shape. */
    static Layer read(JsonObject preprocessor, Shape input) {
        String name = preprocessor.text("@class");
        String kind = name.startsWith(SupportedClasses.PREPROCESSORS)
                ? name.substring(SupportedClasses.PREPROCESSORS.length())
                : name;
        Shape output = switch (kind) {
            case "CnnToFeedForwardPreProcessor" -> flat(preprocessor, input);
            case "FeedForwardToCnnPreProcessor" -> image(preprocessor, input);
            case "RnnToFeedForwardPreProcessor" -> unrolled(preprocessor, input);
            case "FeedForwardToRnnPreProcessor" -> sequence(preprocessor, input);
            default ->
                throw SupportedClasses.refuse("has a preprocessor of class " + name
                        + ", which is none. Save the network with DL4J 1.0.0-M2.1");
        };
        return new Layer.Shaped(kind, input, output, 0, Activation.IDENTITY);
    }

    /** The row that a preprocessor wants to make an image of. */
    static Shape row(JsonObject preprocessor) {
        return new Shape.Row(claimed(preprocessor).values());
    }

    private static Shape flat(JsonObject preprocessor, Shape input) {
        Sizes.channelsFirst(preprocessor, "format", "NCHW");
        Shape.Image image = claimed(preprocessor);
        if (!image.equals(Sizes.image(preprocessor, input))) {
            throw other(preprocessor, image, input);
        }
        return new Shape.Row(image.values());
    }

    private static Shape image(JsonObject preprocessor, Shape input) {
        Sizes.channelsFirst(preprocessor, "format", "NCHW");
        Shape.Image image = claimed(preprocessor);
        if (image.values() != Sizes.row(preprocessor, input).width()) {
            throw other(preprocessor, image, input);
        }
        return image;
    }

    private static Shape unrolled(JsonObject preprocessor, Shape input) {
        Sizes.channelsFirst(preprocessor, "rnnDataFormat", "NCW");
        Shape.Sequence sequence = Sizes.sequence(preprocessor, input);
        return new Shape.Unrolled(sequence.steps(), sequence.channels());
    }

    private static Shape sequence(JsonObject preprocessor, Shape input) {
        Sizes.channelsFirst(preprocessor, "rnnDataFormat", "NCW");
        if (input instanceof Shape.Unrolled steps) {
            return new Shape.Sequence(steps.steps(), steps.channels());
        }
        throw Sizes.wrongShape(preprocessor, input, "the steps of a sequence");
    }

    private static Shape.Image claimed(JsonObject preprocessor) {
        int height = preprocessor.integer("inputHeight");
        int width = preprocessor.integer("inputWidth");
        int channels = preprocessor.integer("numChannels");
        return (Shape.Image) Sizes.shape(preprocessor, "inputHeight", () -> new Shape.Image(height, width, channels));
    }

    private static ModelException other(JsonObject preprocessor, Shape claimed, Shape input) {
        return preprocessor.refuse(
                ModelException.Code.PARAMETERS,
                "inputHeight",
                "and its neighbours say " + claimed.text() + ", but values of shape " + input.text()
                        + " reach it. Save the network with DL4J 1.0.0-M2.1");
    }
}
