/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import io.millrace.train.network.NetworkDraft;
import io.millrace.train.network.NetworkDraft.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the mappings of layers share: the network that is put together, the file with the weights, what flows so far. */
final class Mapping {

    private final NetworkDraft draft = new NetworkDraft();
    private final Map<String, Flow> flows = new HashMap<>();
    private final HdfFile file;
    private final KerasGraph graph;

    Mapping(HdfFile file, KerasGraph graph) {
        this.file = file;
        this.graph = graph;
    }

    NetworkDraft draft() {
        return draft;
    }

    void put(KerasLayer layer, Flow flow) {
        flows.put(layer.name(), flow);
    }

    Flow flow(String name) {
        Flow flow = flows.get(name);
        if (flow == null) {
            throw new IllegalStateException("layers come after what feeds them");
        }
        return flow;
    }

    List<Flow> before(KerasLayer layer) {
        return layer.before().stream().map(this::flow).toList();
    }

    Flow only(KerasLayer layer) {
        if (layer.before().size() != 1) {
            throw layer.refuse("which is fed by " + layer.before().size() + " layers. Save the model again");
        }
        return flow(layer.before().get(0));
    }

    /** Whether a layer is fed by an input that feeds nothing else. */
    boolean ownsInput(KerasLayer layer) {
        return draft.isInput(only(layer)) && graph.fed(layer.before().get(0)) == 1;
    }

    Shape.Sequence sequence(KerasLayer layer) {
        if (only(layer).shape() instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw wrongShape(layer, "a sequence [steps, channels]");
    }

    Shape.Image image(KerasLayer layer) {
        if (only(layer).shape() instanceof Shape.Image image) {
            return image;
        }
        throw wrongShape(layer, "an image [height, width, channels]");
    }

    RuntimeException wrongShape(KerasLayer layer, String wanted) {
        return layer.refuse("and values of shape " + only(layer).shape().text() + " reach it where it wants " + wanted
                + ", which is not mapped");
    }

    /** A shape that a layer makes. */
    static Shape shape(KerasLayer layer, Supplier<Shape> shape) {
        try {
            return shape.get();
        } catch (IllegalArgumentException impossible) {
            throw layer.refuse("whose output " + impossible.getMessage() + ". Use a smaller network");
        }
    }

    /** An array of the layer, row-major as Keras has it; refused where it is missing or of another shape. */
    float[] array(KerasLayer layer, String name, long... shape) {
        String path = file.arrays(layer.name()).get(name);
        if (path == null) {
            throw layer.refuse("and the file holds no " + name + " for it. Save the whole model again");
        }
        return file.values(path, layer.name(), shape);
    }

    /** The array, or that value everywhere where the layer has none. */
    float[] array(KerasLayer layer, String name, boolean there, float otherwise, int length) {
        if (there) {
            return array(layer, name, length);
        }
        float[] values = new float[length];
        Arrays.fill(values, otherwise);
        return values;
    }

    /** Weights and, where the layer has them, biases. */
    Map<String, Weights> weights(KerasLayer layer, Weights kernel, int biases) {
        Map<String, Weights> weights = new LinkedHashMap<>();
        weights.put("W", kernel);
        if (layer.flag("use_bias", true)) {
            weights.put("b", new Weights(array(layer, "bias", biases), 1, biases));
        }
        return weights;
    }
}
