/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import io.millrace.train.network.NetworkDraft.Weights;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Convolutions and pooling. Keras has kernels as (places, inputs, outputs), DL4J as (outputs, inputs, places); only of one
 * dimension DL4J 1.0.0-M2.1 says so too, but reads the values in Keras's order.
 *
 * <p>"same": as many places as there are strides, the window's overhang shared out with the odd one behind; what hangs over
 * counts as zeros in a convolution, and not at all in pooling. "causal": all overhang before.
 */
final class WindowMapping {

    private WindowMapping() {}

    static Flow convolution1d(KerasLayer layer, Mapping mapping) {
        Shape.Sequence sequence = mapping.sequence(layer);
        checkConvolution(layer);
        int kernel = layer.integers("kernel_size", 1)[0];
        int stride = layer.integers("strides", 1)[0];
        int dilation = layer.integers("dilation_rate", 1)[0];
        int outputs = layer.integer("filters");
        int steps = places(layer, sequence.steps(), kernel, stride, dilation);
        boolean softmax = isSoftmax(layer);
        Convolution1DLayer convolution = new Convolution1DLayer.Builder(kernel, stride)
                .dilation(dilation)
                .nIn(sequence.channels())
                .nOut(outputs)
                .hasBias(layer.flag("use_bias", true))
                .convolutionMode(mode(layer))
                .activation(softmax ? new ActivationIdentity() : KerasActivation.elementwise(layer, "activation"))
                .build();
        Shape after = Mapping.shape(layer, () -> new Shape.Sequence(steps, outputs));
        float[] weights = mapping.array(layer, "kernel", kernel, sequence.channels(), outputs);
        Weights same = new Weights(weights, outputs, sequence.channels(), kernel, 1);
        Flow flow = add(layer, mapping, convolution, after, mapping.weights(layer, same, outputs));
        return softmax ? DenseMapping.softmax(layer, mapping, flow) : flow;
    }

    static Flow convolution2d(KerasLayer layer, Mapping mapping) {
        Shape.Image image = mapping.image(layer);
        checkConvolution(layer);
        int[] kernel = layer.integers("kernel_size", 2);
        int[] stride = layer.integers("strides", 2);
        int[] dilation = layer.integers("dilation_rate", 2);
        int outputs = layer.integer("filters");
        int height = places(layer, image.height(), kernel[0], stride[0], dilation[0]);
        int width = places(layer, image.width(), kernel[1], stride[1], dilation[1]);
        ConvolutionLayer convolution = new ConvolutionLayer.Builder(kernel, stride)
                .dilation(dilation)
                .nIn(image.channels())
                .nOut(outputs)
                .hasBias(layer.flag("use_bias", true))
                .convolutionMode(mode(layer))
                .activation(KerasActivation.elementwise(layer, "activation"))
                .build();
        Shape after = Mapping.shape(layer, () -> new Shape.Image(height, width, outputs));
        float[] weights = mapping.array(layer, "kernel", kernel[0], kernel[1], image.channels(), outputs);
        Weights turned = turned(weights, image.channels(), outputs, kernel[0], kernel[1]);
        return add(layer, mapping, convolution, after, mapping.weights(layer, turned, outputs));
    }

    static Flow pooling1d(KerasLayer layer, Mapping mapping) {
        Shape.Sequence sequence = mapping.sequence(layer);
        layer.require("data_format", "channels_last");
        int size = layer.integers("pool_size", 1)[0];
        int stride = hasStrides(layer) ? layer.integers("strides", 1)[0] : size;
        int steps = places(layer, sequence.steps(), size, stride, 1);
        Subsampling1DLayer pooling = new Subsampling1DLayer.Builder(type(layer), size, stride, 0).build();
        pooling.setPoolingType(type(layer));
        pooling.setConvolutionMode(mode(layer));
        return add(layer, mapping, pooling, new Shape.Sequence(steps, sequence.channels()), Map.of());
    }

    static Flow pooling2d(KerasLayer layer, Mapping mapping) {
        Shape.Image image = mapping.image(layer);
        layer.require("data_format", "channels_last");
        int[] size = layer.integers("pool_size", 2);
        int[] stride = hasStrides(layer) ? layer.integers("strides", 2) : size;
        int height = places(layer, image.height(), size[0], stride[0], 1);
        int width = places(layer, image.width(), size[1], stride[1], 1);
        SubsamplingLayer pooling = new SubsamplingLayer.Builder(type(layer))
                .kernelSize(size)
                .stride(stride)
                .convolutionMode(mode(layer))
                .build();
        return add(layer, mapping, pooling, new Shape.Image(height, width, image.channels()), Map.of());
    }

    static Flow global(KerasLayer layer, Mapping mapping) {
        layer.require("data_format", "channels_last");
        if (layer.flag("keepdims", false)) {
            throw layer.refuse("with keepdims, which is not mapped. Reshape behind it");
        }
        Shape shape = layer.type().endsWith("1D") ? mapping.sequence(layer) : mapping.image(layer);
        GlobalPoolingLayer pooling = new GlobalPoolingLayer.Builder(type(layer)).build();
        return add(layer, mapping, pooling, new Shape.Row(shape.channels()), Map.of());
    }

    private static Flow add(KerasLayer layer, Mapping mapping, Layer dl4j, Shape after, Map<String, Weights> weights) {
        return Flow.of(mapping.draft().layer(layer.name(), dl4j, mapping.only(layer), weights), after);
    }

    private static void checkConvolution(KerasLayer layer) {
        layer.require("data_format", "channels_last");
        if (layer.number("groups", 1) != 1) {
            throw layer.refuse("of several groups, which DL4J has not");
        }
    }

    private static boolean isSoftmax(KerasLayer layer) {
        return KerasActivation.named(layer, "activation") == Activation.SOFTMAX;
    }

    private static boolean hasStrides(KerasLayer layer) {
        return !layer.config().path("strides").isNull()
                && !layer.config().path("strides").isMissingNode();
    }

    private static PoolingType type(KerasLayer layer) {
        return layer.type().contains("Max") ? PoolingType.MAX : PoolingType.AVG;
    }

    private static ConvolutionMode mode(KerasLayer layer) {
        return switch (layer.text("padding", "valid")) {
            case "same" -> ConvolutionMode.Same;
            case "causal" -> ConvolutionMode.Causal;
            default -> ConvolutionMode.Truncate;
        };
    }

    private static int places(KerasLayer layer, int length, int kernel, int stride, int dilation) {
        if (layer.type().equals("Conv1D")) {
            layer.require("padding", "valid", "same", "causal");
        } else {
            layer.require("padding", "valid", "same");
        }
        if (mode(layer) != ConvolutionMode.Truncate) {
            return (length + stride - 1) / stride;
        }
        long reach = kernel + (kernel - 1L) * (dilation - 1L);
        if (reach > length) {
            throw layer.refuse("whose window reaches over " + reach + " values where there are " + length);
        }
        return (int) ((length - reach) / stride + 1);
    }

    private static Weights turned(float[] kernel, int inputs, int outputs, int height, int width) {
        int places = height * width;
        float[] turned = new float[kernel.length];
        for (int place = 0; place < places; place++) {
            for (int in = 0; in < inputs; in++) {
                for (int out = 0; out < outputs; out++) {
                    turned[(out * inputs + in) * places + place] = kernel[(place * inputs + in) * outputs + out];
                }
            }
        }
        return new Weights(turned, outputs, inputs, height, width);
    }
}
