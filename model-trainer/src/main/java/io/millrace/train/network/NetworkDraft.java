/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.network;

import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Task;
import io.millrace.model.network.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of DL4J's own that is put together layer by layer. It becomes a {@code MultiLayerNetwork} where layers on rows
 * simply follow each other, so that a compiled plan can run it, and a {@code ComputationGraph} otherwise.
 */
public final class NetworkDraft {

    private final Map<String, Shape> inputs = new LinkedHashMap<>();
    private final List<Vertex> vertices = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * An array of weights.
     *
     * @param shape as DL4J has it
     * @param values row-major
     */
    public record Weights(float[] values, long... shape) {}

    private record Vertex(
            String name,
            @Nullable Layer layer,
            @Nullable InputPreProcessor reshaping,
            @Nullable GraphVertex other,
            List<String> before,
            Map<String, Weights> weights) {}

    /** An input. */
    public Flow input(String name, Shape shape) {
        String unique = unique(name);
        inputs.put(unique, shape);
        return Flow.of(unique, shape);
    }

    /** Takes the values of an input, which nothing else takes, for another shape of the same flat order. */
    public Flow reshapedInput(Flow input, Shape shape) {
        inputs.put(input.vertex(), shape);
        return Flow.of(input.vertex(), shape);
    }

    public boolean isInput(Flow flow) {
        return inputs.containsKey(flow.vertex());
    }

    /** A layer. Returns its name. */
    public String layer(String name, Layer layer, Flow before, Map<String, Weights> weights) {
        String unique = unique(name);
        vertices.add(new Vertex(unique, layer, null, null, List.of(before.vertex()), weights));
        return unique;
    }

    /** A layer that takes each step of a sequence as a row. Returns the name of the sequence of its answers. */
    public String stepwise(String name, Layer layer, Flow before, Map<String, Weights> weights) {
        String unique = unique(name);
        vertices.add(
                new Vertex(unique, layer, new RnnToFeedForwardPreProcessor(), null, List.of(before.vertex()), weights));
        return vertex(unique + ".steps", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), List.of(unique));
    }

    /** A vertex that is no layer. Returns its name. */
    public String vertex(String name, GraphVertex vertex, List<String> before) {
        String unique = unique(name);
        vertices.add(new Vertex(unique, null, null, vertex, before, Map.of()));
        return unique;
    }

    /** The network whose answer is what the output gives. */
    public ImportedNetwork assemble(Flow output, Task task, String words) {
        boolean chain = inputs.size() == 1
                && inputs.values().iterator().next() instanceof Shape.Row
                && vertices.stream().allMatch(vertex -> vertex.layer() != null && vertex.reshaping() == null)
                && isChain(output.vertex());
        InputLayout layout = ImportedNetwork.layout(List.copyOf(inputs.keySet()), List.copyOf(inputs.values()));
        int outputs = output.shape().values();
        if (chain) {
            MultiLayerNetwork network = chain();
            String json = network.getLayerWiseConfigurations().toJson();
            return new ImportedNetwork(json, values(network), layout, outputs, task, words, null);
        }
        ComputationGraph network = graph(output.vertex());
        return new ImportedNetwork(
                network.getConfiguration().toJson(), values(network), layout, outputs, task, words, null);
    }

    private boolean isChain(String output) {
        if (vertices.isEmpty() || !vertices.get(vertices.size() - 1).name().equals(output)) {
            return false;
        }
        for (int i = 1; i < vertices.size(); i++) {
            if (!vertices.get(i).before().equals(List.of(vertices.get(i - 1).name()))) {
                return false;
            }
        }
        return true;
    }

    private MultiLayerNetwork chain() {
        ListBuilder list = new NeuralNetConfiguration.Builder().seed(1).list();
        vertices.forEach(vertex -> list.layer(vertex.layer()));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        for (int i = 0; i < vertices.size(); i++) {
            set(network.getLayer(i), vertices.get(i));
        }
        return network;
    }

    private ComputationGraph graph(String output) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(1).graphBuilder();
        inputs.keySet().forEach(builder::addInputs);
        for (Vertex vertex : vertices) {
            String[] before = vertex.before().toArray(String[]::new);
            if (vertex.layer() != null) {
                builder.addLayer(vertex.name(), vertex.layer(), vertex.reshaping(), before);
            } else {
                builder.addVertex(vertex.name(), vertex.other(), before);
            }
        }
        ComputationGraphConfiguration configuration =
                builder.setOutputs(output).validateOutputLayerConfig(false).build();
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        for (Vertex vertex : vertices) {
            if (vertex.layer() != null) {
                set(network.getLayer(vertex.name()), vertex);
            }
        }
        return network;
    }

    private static void set(org.deeplearning4j.nn.api.Layer layer, Vertex vertex) {
        vertex.weights().forEach((key, weights) -> {
            try (INDArray array = Nd4j.createFromArray(weights.values())) {
                layer.setParam(key, array.reshape('c', weights.shape()));
            }
        });
    }

    private static float[] values(Model network) {
        INDArray parameters = network.params();
        return parameters == null || parameters.isEmpty()
                ? new float[0]
                : parameters.dup().data().asFloat();
    }

    /** A name as our reader takes it, which no other vertex has. */
    private String unique(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[^A-Za-z0-9]", "v");
        String shorter = clean.isEmpty() ? "v" : clean.substring(0, Math.min(clean.length(), 100));
        String unique = shorter;
        for (int i = 2; !names.add(unique); i++) {
            unique = shorter + '.' + i;
        }
        return unique;
    }
}
