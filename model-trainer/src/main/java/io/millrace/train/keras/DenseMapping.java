/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import io.millrace.train.network.NetworkDraft.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;

/** Dense layers, activations, normalization, embeddings, and layers that only reshape. */
final class DenseMapping {

    /** The least variance: DL4J keeps its logarithm. */
    private static final double LEAST = 1e-30;

    private DenseMapping() {}

    static Flow dense(KerasLayer layer, Mapping mapping) {
        Flow before = mapping.only(layer);
        if (before.shape() instanceof Shape.Image) {
            throw mapping.wrongShape(layer, "a row or a sequence");
        }
        int inputs = before.shape().channels();
        int units = layer.integer("units");
        Shape after = with(layer, before.shape(), units);
        float[] kernel = before.ordered(mapping.array(layer, "kernel", inputs, units), units);
        DenseLayer dense = new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(units)
                .hasBias(layer.flag("use_bias", true))
                .activation(KerasActivation.named(layer, "activation"))
                .build();
        Map<String, Weights> weights = mapping.weights(layer, new Weights(kernel, inputs, units), units);
        return before.shape() instanceof Shape.Sequence
                ? Flow.of(mapping.draft().stepwise(layer.name(), dense, before, weights), after)
                : Flow.of(mapping.draft().layer(layer.name(), dense, before, weights), after);
    }

    /** Softmax goes over the channels of each step; DL4J's own would go over the steps. */
    static Flow activation(KerasLayer layer, Mapping mapping) {
        Flow before = mapping.only(layer);
        boolean softmax = layer.type().equals("Softmax")
                || (layer.type().equals("Activation")
                        && KerasActivation.named(layer, "activation") == Activation.SOFTMAX);
        if (!softmax) {
            ActivationLayer activation = new ActivationLayer(KerasActivation.layer(layer));
            return before.through(mapping.draft().layer(layer.name(), activation, before, Map.of()));
        }
        layer.requireLastAxis(before.shape().dimensions().length);
        return softmax(layer, mapping, before);
    }

    static Flow softmax(KerasLayer layer, Mapping mapping, Flow before) {
        ActivationLayer activation = new ActivationLayer(Activation.SOFTMAX);
        if (before.shape() instanceof Shape.Image) {
            throw layer.refuse("and softmax over the channels of an image is not mapped. Flatten or pool it first");
        }
        return before.through(
                before.shape() instanceof Shape.Sequence
                        ? mapping.draft().stepwise(layer.name(), activation, before, Map.of())
                        : mapping.draft().layer(layer.name(), activation, before, Map.of()));
    }

    static Flow normalization(KerasLayer layer, Mapping mapping) {
        Flow before = mapping.only(layer);
        layer.requireLastAxis(before.shape().dimensions().length);
        int width = before.shape().channels();
        float[] deviation = mapping.array(layer, "moving_variance", width);
        for (int i = 0; i < width; i++) {
            deviation[i] = (float) (Math.log10(Math.max(deviation[i], LEAST)) / 2);
        }
        Map<String, Weights> weights = new LinkedHashMap<>();
        weights.put("gamma", row(before, mapping.array(layer, "gamma", layer.flag("scale", true), 1, width)));
        weights.put("beta", row(before, mapping.array(layer, "beta", layer.flag("center", true), 0, width)));
        weights.put("mean", row(before, mapping.array(layer, "moving_mean", width)));
        weights.put("log10stdev", row(before, deviation));
        BatchNormalization normalization = new BatchNormalization.Builder()
                .nIn(width)
                .nOut(width)
                .eps(layer.number("epsilon", 1e-3))
                .useLogStd(true)
                .build();
        return before.through(
                before.shape() instanceof Shape.Sequence
                        ? mapping.draft().stepwise(layer.name(), normalization, before, weights)
                        : mapping.draft().layer(layer.name(), normalization, before, weights));
    }

    private static Weights row(Flow before, float[] values) {
        return new Weights(before.ordered(values, 1), 1, values.length);
    }

    static Flow embedding(KerasLayer layer, Mapping mapping) {
        Flow before = mapping.only(layer);
        if (layer.flag("mask_zero", false)) {
            throw layer.refuse("with mask_zero, and Keras keeps a recurrent layer's state over masked steps where DL4J"
                    + " clears it. Train it without mask_zero");
        }
        if (!mapping.draft().isInput(before) || !(before.shape() instanceof Shape.Row)) {
            throw layer.refuse("and only an embedding of an input of one dimension can be mapped");
        }
        int words = layer.integer("input_dim");
        int width = layer.integer("output_dim");
        Shape after =
                Mapping.shape(layer, () -> new Shape.Sequence(before.shape().values(), width));
        EmbeddingSequenceLayer embedding = new EmbeddingSequenceLayer.Builder()
                .nIn(words)
                .nOut(width)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        Weights vectors = new Weights(mapping.array(layer, "embeddings", words, width), words, width);
        return Flow.of(mapping.draft().layer(layer.name(), embedding, before, Map.of("W", vectors)), after);
    }

    static Flow flatten(KerasLayer layer, Mapping mapping) {
        Flow before = mapping.only(layer);
        if (before.shape() instanceof Shape.Row) {
            return before;
        }
        if (mapping.ownsInput(layer)) {
            return mapping.draft()
                    .reshapedInput(before, new Shape.Row(before.shape().values()));
        }
        layer.require("data_format", "channels_last");
        String vertex = mapping.draft().vertex(layer.name(), flattening(before.shape()), List.of(before.vertex()));
        return Flow.flattened(vertex, before.shape());
    }

    private static GraphVertex flattening(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return new PreprocessorVertex(
                    new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
        }
        return new ReshapeVertex('c', new int[] {-1, shape.values()}, null);
    }

    /** An input may as well enter in the other shape; flattening is flattening; anything else would need a permutation. */
    static Flow reshape(KerasLayer layer, Mapping mapping) {
        Flow before = mapping.only(layer);
        int[] target = target(layer, before.shape().values());
        Shape after = Mapping.shape(layer, () -> Shape.of(target));
        if (after.values() != before.shape().values()) {
            throw layer.refuse("whose target_shape " + after.text() + " does not hold values of shape "
                    + before.shape().text());
        }
        if (after.equals(before.shape())) {
            return before;
        }
        if (mapping.ownsInput(layer)) {
            return mapping.draft().reshapedInput(before, after);
        }
        if (after instanceof Shape.Row) {
            return flatten(layer, mapping);
        }
        throw layer.refuse("and only reshaping an input, or into one row, can be mapped");
    }

    /** One dimension may be −1: what is left. */
    private static int[] target(KerasLayer layer, int values) {
        JsonNode list = layer.config().path("target_shape");
        int[] target = new int[list.size()];
        long known = 1;
        for (int i = 0; i < target.length; i++) {
            target[i] = list.get(i).asInt();
            known *= target[i] == -1 ? 1 : Math.max(1, target[i]);
        }
        for (int i = 0; i < target.length; i++) {
            target[i] = target[i] == -1 ? (int) (values / known) : target[i];
        }
        return target;
    }

    /** The same shape with another number of channels. */
    private static Shape with(KerasLayer layer, Shape shape, int channels) {
        return Mapping.shape(
                layer,
                () -> shape instanceof Shape.Sequence sequence
                        ? new Shape.Sequence(sequence.steps(), channels)
                        : new Shape.Row(channels));
    }
}
