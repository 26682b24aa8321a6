/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.bundle.Task;
import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.network.RefusedModelException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.jspecify.annotations.Nullable;

/** A sequential or functional Keras 2 model as a network of DL4J's own: in a process that may die. */
public final class KerasModel {

    private KerasModel() {}

    /** Opens the file; what is not supported is a {@link RefusedModelException}. */
    public static ImportedNetwork read(Path path) throws Exception {
        try (HdfFile file = new HdfFile(path)) {
            if (file.version().matches("[3-9]\\..*")) {
                throw new RefusedModelException("it was saved by Keras " + file.version()
                        + ", and files of Keras 2 are read. Save it with tf.keras of TensorFlow 2.15 or earlier.");
            }
            return network(file, KerasGraph.of(file.configuration()));
        }
    }

    private static ImportedNetwork network(HdfFile file, KerasGraph graph) {
        Mapping mapping = new Mapping(file, graph);
        Map<String, KerasLayer> layers = new HashMap<>();
        graph.layers().forEach(layer -> layers.put(layer.name(), layer));
        for (String input : graph.inputs()) {
            KerasLayer layer = layers.get(input);
            if (layer == null || !layer.type().equals("InputLayer")) {
                throw new RefusedModelException("input '" + input + "' is no InputLayer. Save the model again.");
            }
            mapping.put(layer, mapping.draft().input(layer.name(), entering(layer)));
        }
        for (KerasLayer layer : graph.layers()) {
            if (!graph.inputs().contains(layer.name())) {
                mapping.put(layer, flow(layer, mapping));
            }
        }
        Flow output = mapping.flow(graph.output());
        if (output.order() != null || mapping.draft().isInput(output)) {
            throw new RefusedModelException("the model ends with a layer that only reshapes. End it with a layer that"
                    + " computes, such as Dense.");
        }
        KerasLayer last = layers.get(graph.output());
        return mapping.draft().assemble(output, task(layers, last, output), words(graph));
    }

    private static Task task(Map<String, KerasLayer> layers, @Nullable KerasLayer last, Flow output) {
        KerasLayer deciding = last;
        while (deciding != null
                && Passing.TYPES.contains(deciding.type())
                && !deciding.before().isEmpty()) {
            deciding = layers.get(deciding.before().get(0));
        }
        if (deciding == null || !(output.shape() instanceof Shape.Row)) {
            return Task.REGRESSION;
        }
        String activation = deciding.type().equals("Softmax") ? "softmax" : deciding.text("activation", "linear");
        return ImportedNetwork.task(activation, output.shape().values());
    }

    /** What enters: the shape behind the batch, every dimension of which must be known. */
    private static Shape entering(KerasLayer layer) {
        JsonNode shape = layer.config().path("batch_input_shape");
        int[] dimensions = new int[Math.max(0, shape.size() - 1)];
        for (int i = 0; i < dimensions.length; i++) {
            JsonNode dimension = shape.get(i + 1);
            JsonNode known = dimension.isNull() && dimensions.length == 1
                    ? layer.config().path("input_length")
                    : dimension;
            if (!known.isInt() || dimensions.length > 3) {
                throw layer.refuse("of shape " + shape + ", and every dimension behind the batch must be known, at most"
                        + " three of them. Save the model with the shape that it will score");
            }
            dimensions[i] = known.intValue();
        }
        if (dimensions.length == 0) {
            throw layer.refuse("that does not say what shape enters. Save the model after it was built");
        }
        return Mapping.shape(layer, () -> Shape.of(dimensions));
    }

    private static Flow flow(KerasLayer layer, Mapping mapping) {
        if (Passing.TYPES.contains(layer.type())) {
            return mapping.only(layer);
        }
        return switch (layer.type()) {
            case "Dense" -> DenseMapping.dense(layer, mapping);
            case "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "ThresholdedReLU" ->
                DenseMapping.activation(layer, mapping);
            case "BatchNormalization" -> DenseMapping.normalization(layer, mapping);
            case "Embedding" -> DenseMapping.embedding(layer, mapping);
            case "Flatten" -> DenseMapping.flatten(layer, mapping);
            case "Reshape" -> DenseMapping.reshape(layer, mapping);
            case "Conv1D", "Convolution1D" -> WindowMapping.convolution1d(layer, mapping);
            case "Conv2D", "Convolution2D" -> WindowMapping.convolution2d(layer, mapping);
            case "MaxPooling1D", "AveragePooling1D" -> WindowMapping.pooling1d(layer, mapping);
            case "MaxPooling2D", "AveragePooling2D" -> WindowMapping.pooling2d(layer, mapping);
            case "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalAveragePooling1D", "GlobalAveragePooling2D" ->
                WindowMapping.global(layer, mapping);
            case "SimpleRNN" -> RecurrentMapping.simple(layer, mapping);
            case "LSTM" -> RecurrentMapping.lstm(layer, mapping);
            case "Concatenate" -> JoinMapping.concatenate(layer, mapping);
            case "Add" -> JoinMapping.elementwise(layer, mapping, ElementWiseVertex.Op.Add);
            default -> throw Refusals.of(layer);
        };
    }

    private static String words(KerasGraph graph) {
        List<String> types = graph.layers().stream()
                .map(KerasLayer::type)
                .filter(type -> !type.equals("InputLayer"))
                .distinct()
                .toList();
        return types.stream().collect(Collectors.joining(", ", "layers of type ", ""));
    }
}
