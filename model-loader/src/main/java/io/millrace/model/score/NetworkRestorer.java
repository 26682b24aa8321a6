/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.ModelException;
import io.millrace.model.backend.NativeBackend;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes DL4J's network from one that our reader found sound: the only class that lets DL4J read anything of a bundle.
 * {@code ModelSerializer}, which deserializes Java objects, is never called.
 */
final class NetworkRestorer {

    private NetworkRestorer() {}

    static RestoredNetwork restore(Network network) {
        return LoaderFilterFactory.withoutDeserialization(() -> NativeBackend.with(() -> build(network)));
    }

    private static RestoredNetwork build(Network network) {
        try (INDArray weights = Nd4j.createFromArray(network.weights())) {
            return network.kind() == Network.Kind.GRAPH ? graph(network, weights) : sequential(network, weights);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelException(
                    ModelException.Code.FRAMEWORK,
                    "configuration.json: DL4J does not build this network: " + e.getMessage()
                            + ". Save it again with DL4J 1.0.0-M2.1.",
                    e);
        }
    }

    private static RestoredNetwork sequential(Network network, INDArray weights) {
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(network.configuration());
        List<NeuralNetConfiguration> confs = configuration.getConfs();
        Map<Integer, InputPreProcessor> preprocessors = configuration.getInputPreProcessors();
        require(confs.size() + preprocessors.size() == network.layers().size());
        for (int i = 0; i < confs.size(); i++) {
            checkSame(network, String.valueOf(i), confs.get(i), preprocessors.get(i));
        }
        MultiLayerNetwork restored = new MultiLayerNetwork(configuration);
        if (weights.isEmpty()) {
            restored.init();
        } else {
            restored.init(weights, true);
        }
        return RestoredNetwork.of(restored);
    }

    private static RestoredNetwork graph(Network network, INDArray weights) {
        ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(network.configuration());
        for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
            if (vertex.getValue() instanceof LayerVertex layer) {
                checkSame(network, vertex.getKey(), layer.getLayerConf(), layer.getPreProcessor());
            } else {
                require(network.layers().containsKey(vertex.getKey()));
            }
        }
        ComputationGraph restored = new ComputationGraph(configuration);
        if (weights.isEmpty()) {
            restored.init();
        } else {
            restored.init(weights, true);
        }
        return RestoredNetwork.of(restored);
    }

    /** DL4J must have read what we read, before it allocates: as many weights, and outputs of the same shape. */
    private static void checkSame(
            Network network, String place, NeuralNetConfiguration theirs, @Nullable InputPreProcessor reshaping) {
        Layer before = network.layers().get("before " + place);
        require((before == null) == (reshaping == null));
        if (before != null && reshaping != null) {
            require(same(before.output(), reshaping.getOutputType(type(before.input()))));
        }
        Layer ours = network.layers().get(place);
        require(ours != null
                && theirs.getLayer().initializer().numParams(theirs) == ours.parameters()
                && same(ours, theirs.getLayer().getOutputType(0, type(ours.input()))));
    }

    /** How many vectors are looked up is how many numbers enter, whatever the layer says of it. */
    private static boolean same(Layer ours, InputType theirs) {
        boolean lookup = ours instanceof Layer.Embedding && theirs instanceof InputType.InputTypeRecurrent;
        return lookup
                ? ((InputType.InputTypeRecurrent) theirs).getSize()
                        == ours.output().channels()
                : same(ours.output(), theirs);
    }

    private static void require(boolean same) {
        if (!same) {
            throw new ModelException(
                    ModelException.Code.PARAMETERS,
                    "configuration.json: DL4J reads other layers in it than Millrace does. Save the network again with"
                            + " DL4J 1.0.0-M2.1.");
        }
    }

    /** How DL4J speaks of a shape. */
    private static InputType type(Shape shape) {
        if (shape instanceof Shape.Sequence sequence) {
            return InputType.recurrent(sequence.channels(), sequence.steps());
        }
        if (shape instanceof Shape.Image image) {
            return InputType.convolutional(image.height(), image.width(), image.channels());
        }
        return InputType.feedForward(shape.channels());
    }

    /** DL4J calls a sequence whose steps were pooled away a sequence still, and does not always know how many there are. */
    private static boolean same(Shape ours, InputType theirs) {
        if (theirs instanceof InputType.InputTypeRecurrent recurrent) {
            boolean steps = ours instanceof Shape.Row
                    || recurrent.getTimeSeriesLength() < 1
                    || recurrent.getTimeSeriesLength() == ours.dimensions()[0];
            return recurrent.getSize() == ours.channels() && steps;
        }
        if (theirs instanceof InputType.InputTypeConvolutional image) {
            int[] found = {(int) image.getHeight(), (int) image.getWidth(), (int) image.getChannels()};
            return Arrays.equals(found, ours.dimensions());
        }
        return theirs.arrayElementsPerExample() == ours.channels()
                && (ours instanceof Shape.Row || ours instanceof Shape.Unrolled);
    }
}
