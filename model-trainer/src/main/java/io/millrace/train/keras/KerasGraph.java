/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.train.network.RefusedModelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers of a sequential or functional model, in an order in which each comes after those that feed it.
 *
 * @param inputs the names of the layers that values enter by, in the model's order
 * @param output the name of the one layer that answers
 */
record KerasGraph(List<KerasLayer> layers, List<String> inputs, String output) {

    private static final int MOST_LAYERS = 200;

    static KerasGraph of(JsonNode model) {
        String kind = model.path("class_name").asText();
        JsonNode config = model.path("config");
        return switch (kind) {
            case "Sequential" -> sequential(config.isArray() ? config : config.path("layers"));
            case "Functional", "Model" -> functional(config);
            default ->
                throw new RefusedModelException(
                        "the model is a " + kind + ", and sequential and functional models are read. Build it as one.");
        };
    }

    /** Where no layer says what enters, the first one does. */
    private static KerasGraph sequential(JsonNode list) {
        List<KerasLayer> layers = new ArrayList<>();
        for (JsonNode node : limited(list)) {
            JsonNode config = node.path("config");
            String type = node.path("class_name").asText();
            if (layers.isEmpty() && !type.equals("InputLayer")) {
                layers.add(new KerasLayer(config.path("name").asText() + "_input", "InputLayer", config, List.of()));
            }
            List<String> before = layers.isEmpty()
                    ? List.of()
                    : List.of(layers.get(layers.size() - 1).name());
            layers.add(new KerasLayer(config.path("name").asText(), type, config, before));
        }
        String first = layers.get(0).name();
        return checked(new KerasGraph(
                layers, List.of(first), layers.get(layers.size() - 1).name()));
    }

    private static KerasGraph functional(JsonNode config) {
        List<KerasLayer> left = new ArrayList<>();
        for (JsonNode node : limited(config.path("layers"))) {
            String name =
                    node.path("config").path("name").asText(node.path("name").asText());
            String type = node.path("class_name").asText();
            left.add(new KerasLayer(name, type, node.path("config"), before(name, type, node.path("inbound_nodes"))));
        }
        List<String> outputs = ends(config.path("output_layers"));
        if (outputs.size() != 1) {
            throw new RefusedModelException("the model has " + outputs.size()
                    + " outputs, and models with one are read. Save one with one output.");
        }
        return checked(new KerasGraph(sorted(left), ends(config.path("input_layers")), outputs.get(0)));
    }

    private static JsonNode limited(JsonNode layers) {
        if (!layers.isArray() || layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw new RefusedModelException(
                    "the model has " + layers.size() + " layers, from 1 to " + MOST_LAYERS + " are read.");
        }
        return layers;
    }

    /** The layers that feed the one use of a layer: {@code [[["name", 0, 0, {}], …]]}. */
    private static List<String> before(String name, String type, JsonNode nodes) {
        if (nodes.size() > 1) {
            throw new RefusedModelException("layer '" + name + "' is a " + type + " that is used " + nodes.size()
                    + " times, and shared layers are not read. Build one for each use.");
        }
        List<String> before = new ArrayList<>();
        for (JsonNode tensor : nodes.path(0)) {
            boolean plain = tensor.isArray()
                    && tensor.path(0).isTextual()
                    && tensor.path(1).asInt() == 0
                    && tensor.path(2).asInt() == 0
                    && tensor.path(3).isEmpty();
            if (!plain) {
                throw new RefusedModelException("layer '" + name + "' is a " + type
                        + " that is fed in a way that is not read. Save the model with Keras 2.");
            }
            before.add(tensor.path(0).textValue());
        }
        return before;
    }

    /** {@code [["name", 0, 0], …]}, or one of them alone. */
    private static List<String> ends(JsonNode list) {
        List<String> names = new ArrayList<>();
        if (list.path(0).isTextual()) {
            return List.of(list.path(0).textValue());
        }
        list.forEach(end -> names.add(end.path(0).asText()));
        return names;
    }

    private static List<KerasLayer> sorted(List<KerasLayer> left) {
        List<KerasLayer> sorted = new ArrayList<>();
        Set<String> known = new HashSet<>();
        boolean found = true;
        while (found) {
            found = false;
            for (KerasLayer layer : List.copyOf(left)) {
                if (known.containsAll(layer.before())) {
                    sorted.add(layer);
                    known.add(layer.name());
                    left.remove(layer);
                    found = true;
                }
            }
        }
        if (!left.isEmpty()) {
            throw new RefusedModelException(
                    "layer '" + left.get(0).name() + "' is fed by layers that are not there. Save the model again.");
        }
        return sorted;
    }

    private static KerasGraph checked(KerasGraph graph) {
        Set<String> names = new HashSet<>();
        for (KerasLayer layer : graph.layers) {
            if (layer.name().isEmpty() || !names.add(layer.name())) {
                throw new RefusedModelException("two layers are called '" + layer.name() + "'. Save the model again.");
            }
        }
        if (!names.containsAll(graph.inputs) || !names.contains(graph.output) || graph.inputs.isEmpty()) {
            throw new RefusedModelException("its inputs or its output are not among its layers. Save the model again.");
        }
        return graph;
    }

    /** How many layers a layer feeds. */
    long fed(String name) {
        return layers.stream().filter(layer -> layer.before().contains(name)).count();
    }
}
