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
import java.util.Arrays;
import java.util.Set;

/** Reads layers that slide a window over steps or places: convolutions and pooling; and padding with zeros. */
final class WindowReader {

    private static final Set<String> POOLING = Set.of("MAX", "AVG", "SUM", "PNORM");
    private static final Activation NONE = Activation.IDENTITY;

    private WindowReader() {}

    /** Weights: outputs × inputs × kernel, outputs biases where it has them. */
    static Layer convolution1d(JsonObject layer, Shape input) {
        Shape.Sequence sequence = Sizes.sequence(layer, input);
        Sizes.channelsFirst(layer, "rnnDataFormat", "NCW");
        int width = Sizes.width(layer, "nout");
        int steps = length(layer, sequence.steps(), 0, 1);
        return new Layer.Shaped(
                LayerReader.kind(layer),
                input,
                Sizes.shape(layer, "nout", () -> new Shape.Sequence(steps, width)),
                parameters(layer, Sizes.inputs(layer, input), width, 1),
                LayerReader.activation(layer));
    }

    /** Weights: outputs × inputs × height × width of the kernel, outputs biases where it has them. */
    static Layer convolution2d(JsonObject layer, Shape input) {
        Shape.Image image = Sizes.image(layer, input);
        Sizes.channelsFirst(layer, "cnn2dDataFormat", "NCHW");
        int channels = Sizes.width(layer, "nout");
        int height = length(layer, image.height(), 0, 2);
        int width = length(layer, image.width(), 1, 2);
        return new Layer.Shaped(
                LayerReader.kind(layer),
                input,
                Sizes.shape(layer, "nout", () -> new Shape.Image(height, width, channels)),
                parameters(layer, Sizes.inputs(layer, input), channels, 2),
                LayerReader.activation(layer));
    }

    static Layer pooling1d(JsonObject layer, Shape input) {
        Shape.Sequence sequence = Sizes.sequence(layer, input);
        checkPooling(layer);
        int steps = length(layer, sequence.steps(), 0, 1);
        return passing(layer, input, new Shape.Sequence(steps, sequence.channels()));
    }

    static Layer pooling2d(JsonObject layer, Shape input) {
        Shape.Image image = Sizes.image(layer, input);
        Sizes.channelsFirst(layer, "cnn2dDataFormat", "NCHW");
        checkPooling(layer);
        int height = length(layer, image.height(), 0, 2);
        int width = length(layer, image.width(), 1, 2);
        return passing(layer, input, new Shape.Image(height, width, image.channels()));
    }

    /** Every step or place into one row of channels. */
    static Layer global(JsonObject layer, Shape input) {
        checkPooling(layer);
        boolean image = input instanceof Shape.Image;
        if (!image) {
            Sizes.sequence(layer, input);
        }
        int[] all = image ? new int[] {2, 3} : new int[] {2};
        boolean whole = !layer.has("poolingDimensions") || Arrays.equals(layer.integers("poolingDimensions"), all);
        if (!whole || !Sizes.flag(layer, "collapseDimensions", true)) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "poolingDimensions",
                    "are not all steps or places of channels first, pooled away. Build the layer without naming them");
        }
        return passing(layer, input, new Shape.Row(input.channels()));
    }

    static Layer padding1d(JsonObject layer, Shape input) {
        Shape.Sequence sequence = Sizes.sequence(layer, input);
        int[] padding = Sizes.window(layer, "padding", 0, 2);
        Shape padded = Sizes.shape(
                layer,
                "padding",
                () -> new Shape.Sequence(sum(sequence.steps(), padding[0], padding[1]), sequence.channels()));
        return passing(layer, input, padded);
    }

    static Layer padding2d(JsonObject layer, Shape input) {
        Shape.Image image = Sizes.image(layer, input);
        Sizes.channelsFirst(layer, "dataFormat", "NCHW");
        int[] padding = Sizes.window(layer, "padding", 0, 4);
        Shape padded = Sizes.shape(
                layer,
                "padding",
                () -> new Shape.Image(
                        sum(image.height(), padding[0], padding[1]),
                        sum(image.width(), padding[2], padding[3]),
                        image.channels()));
        return passing(layer, input, padded);
    }

    /** Each is at most ten million. */
    private static int sum(int size, int before, int after) {
        return size + before + after;
    }

    private static Layer passing(JsonObject layer, Shape input, Shape output) {
        return new Layer.Shaped(LayerReader.kind(layer), input, output, 0, NONE);
    }

    private static void checkPooling(JsonObject layer) {
        String type = layer.text("poolingType");
        if (!POOLING.contains(type)) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "poolingType",
                    "is " + SupportedClasses.shown(type) + ", supported are AVG, MAX, PNORM and SUM. Use one of them");
        }
    }

    private static long parameters(JsonObject layer, int inputs, int outputs, int dimensions) {
        int[] kernel = Sizes.window(layer, "kernelSize", 1, dimensions);
        long values = Sizes.flag(layer, "hasBias", true) ? 1 : 0;
        try {
            long window = inputs;
            for (int i = 0; i < dimensions; i++) {
                window = Math.multiplyExact(window, (long) kernel[i]);
            }
            return Math.multiplyExact(Math.addExact(values, window), (long) outputs);
        } catch (ArithmeticException overflow) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    "kernelSize",
                    "makes more weights than can be counted. Use a smaller network");
        }
    }

    /** How many places the window takes along one dimension, as DL4J counts them. */
    private static int length(JsonObject layer, int length, int dimension, int dimensions) {
        long kernel = Sizes.window(layer, "kernelSize", 1, dimensions)[dimension];
        long stride = Sizes.window(layer, "stride", 1, dimensions)[dimension];
        long dilation = Sizes.window(layer, "dilation", 1, dimensions)[dimension];
        long padding = Sizes.window(layer, "padding", 0, dimensions)[dimension];
        String mode = layer.text("convolutionMode");
        long reach = kernel + (kernel - 1) * (dilation - 1);
        if (mode.equals("Same")
                || (mode.equals("Causal") && LayerReader.kind(layer).startsWith("Convolution1D"))) {
            return (int) ((length + stride - 1) / stride);
        }
        long free = length + 2 * padding - reach;
        if (!mode.equals("Truncate") && !mode.equals("Strict")) {
            throw layer.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "convolutionMode",
                    "is " + SupportedClasses.shown(mode)
                            + ", supported are Same, Strict and Truncate, and Causal of Convolution1D. Use one of them");
        }
        if (free < 0 || (mode.equals("Strict") && free % stride != 0)) {
            throw layer.refuse(
                    ModelException.Code.PARAMETERS,
                    "kernelSize",
                    "reaches over " + reach + " values, which does not fit " + length + " with padding " + padding
                            + " and stride " + stride + ". Save the network with DL4J 1.0.0-M2.1");
        }
        return (int) (free / stride + 1);
    }
}
