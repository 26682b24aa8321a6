/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.network;

import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.bundle.Task;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * What an import gives, before it has a name.
 *
 * @param configuration DL4J's JSON
 * @param weights in DL4J's order
 * @param layout its inputs, one name per value
 * @param words what it is made of, for the model card
 * @param reference what the origin framework itself was seen to answer; null where it was not asked
 */
public record ImportedNetwork(
        String configuration,
        float[] weights,
        InputLayout layout,
        int outputs,
        Task task,
        String words,
        @Nullable GoldenCases reference) {

    /** The same with the origin framework's own answers. */
    public ImportedNetwork withReference(GoldenCases answers) {
        return new ImportedNetwork(configuration, weights, layout, outputs, task, words, answers);
    }

    /** A network that our reader found sound, in the JSON of this DL4J. */
    public static ImportedNetwork of(Network network, String configuration, String words) {
        Layer last = List.copyOf(network.layers().values()).get(network.layers().size() - 1);
        return new ImportedNetwork(
                configuration,
                network.weights(),
                layout(List.of("features"), network.inputShapes()),
                network.outputs(),
                task(last.lastActivation().name(), network.outputs()),
                words,
                null);
    }

    /** Layers that DL4J runs one after the other. */
    public static ImportedNetwork of(MultiLayerNetwork network, Task task, int inputs, int outputs, String words) {
        String configuration = network.getLayerWiseConfigurations().toJson();
        return new ImportedNetwork(
                configuration,
                network.params().dup().data().asFloat(),
                layout(List.of("features"), List.of(new Shape.Row(inputs))),
                outputs,
                task,
                words,
                null);
    }

    /** Inputs whose values have no names of their own yet: {@code input_0}, {@code input_1} … along the flat row. */
    public static InputLayout layout(List<String> names, List<Shape> shapes) {
        List<NetworkInput> inputs = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < names.size(); i++) {
            int to = from + shapes.get(i).values();
            inputs.add(new NetworkInput(
                    names.get(i),
                    shapes.get(i),
                    IntStream.range(from, to).mapToObj(slot -> "input_" + slot).toList()));
            from = to;
        }
        return new InputLayout(inputs);
    }

    /**
     * What a network is for, read off its last activation: one sigmoid or two softmax outputs decide, more tell classes
     * apart, everything else is a number.
     *
     * @param activation DL4J's name for it, in any case
     */
    public static Task task(String activation, int outputs) {
        if (activation.equalsIgnoreCase("sigmoid") && outputs == 1) {
            return Task.BINARY;
        }
        if (activation.equalsIgnoreCase("softmax") && outputs >= 2) {
            return outputs == 2 ? Task.BINARY : Task.MULTICLASS;
        }
        return Task.REGRESSION;
    }
}
