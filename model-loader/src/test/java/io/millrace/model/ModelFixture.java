/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model;

import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.bundle.TrainingWindow;
import io.millrace.model.configuration.NetworkReader;
import io.millrace.model.network.Coefficients;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import io.millrace.model.score.SelfExam;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks built in DL4J itself, and bundles made of them. */
public final class ModelFixture {

    private ModelFixture() {}

    /** A network of the given layers. */
    public static MultiLayerNetwork network(long seed, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(0.001))
                .weightInit(WeightInit.XAVIER)
                .list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    /** A dense network with biases that are not zero. */
    public static MultiLayerNetwork dense(long seed, IActivation hidden, IActivation last, int... widths) {
        Layer[] layers = new Layer[widths.length - 1];
        for (int i = 0; i < layers.length - 1; i++) {
            layers[i] = new DenseLayer.Builder()
                    .nIn(widths[i])
                    .nOut(widths[i + 1])
                    .activation(hidden)
                    .biasInit(0.1)
                    .build();
        }
        layers[layers.length - 1] = new OutputLayer.Builder(LossFunction.MSE)
                .nIn(widths[layers.length - 1])
                .nOut(widths[layers.length])
                .activation(last)
                .biasInit(-0.2)
                .build();
        return network(seed, layers);
    }

    /** The network as the safe reader sees it. */
    public static Network read(MultiLayerNetwork network) {
        return NetworkReader.read(json(network).getBytes(StandardCharsets.UTF_8), Coefficients.write(weights(network)));
    }

    /** A network with inputs of these shapes, as the safe reader sees it. */
    public static Network read(MultiLayerNetwork network, Shape input) {
        return NetworkReader.read(
                json(network).getBytes(StandardCharsets.UTF_8), Coefficients.write(weights(network)), List.of(input));
    }

    /** A graph with inputs of these shapes, as the safe reader sees it. */
    public static Network read(ComputationGraph graph, Shape... inputs) {
        return NetworkReader.read(
                graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8),
                Coefficients.write(graph.params().toFloatVector()),
                List.of(inputs));
    }

    /** A model of that graph, its inputs as they are laid out. */
    public static BundleDraft draft(ComputationGraph graph, InputLayout layout) {
        Network read = read(graph, layout.shapes().toArray(Shape[]::new));
        double[] means = new double[layout.width()];
        return SelfExam.complete(new BundleDraft(
                new Description(
                        "shaped",
                        "1",
                        Task.REGRESSION,
                        layout,
                        read.outputs(),
                        List.of(),
                        null,
                        Double.NaN,
                        null,
                        Map.of(),
                        Map.of()),
                new Preprocessing(means, new Normalizer.None()),
                graph.getConfiguration().toJson(),
                graph.params().toFloatVector(),
                null,
                "# Shaped\n"));
    }

    public static String json(MultiLayerNetwork network) {
        return network.getLayerWiseConfigurations().toJson();
    }

    public static float[] weights(MultiLayerNetwork network) {
        return network.params().toFloatVector();
    }

    /** Rows of standard normal values, row-major. */
    public static float[] rows(long seed, int count) {
        Random random = new Random(seed);
        float[] rows = new float[count];
        for (int i = 0; i < count; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        return rows;
    }

    /** A binary model: amount, hour and risk, standardized, through 3-4-1 to a probability. */
    public static BundleDraft draft() {
        return draft(
                dense(7, Activation.RELU.getActivationFunction(), Activation.SIGMOID.getActivationFunction(), 3, 4, 1));
    }

    public static BundleDraft draft(MultiLayerNetwork network) {
        Network read = read(network);
        Description description = new Description(
                "card-fraud",
                "1",
                read.outputs() == 1 ? Task.BINARY : Task.MULTICLASS,
                names(read.inputs()),
                read.outputs(),
                List.of(),
                "ab".repeat(32),
                read.outputs() == 1 ? 0.5 : Double.NaN,
                new TrainingWindow(Instant.parse("2018-07-25T00:00:00Z"), Instant.parse("2018-08-01T00:00:00Z")),
                Map.of("roc_auc", 0.87),
                Map.of("network", 7L));
        return SelfExam.complete(new BundleDraft(
                description, preprocessing(read.inputs()), json(network), weights(network), null, "# Card fraud\n"));
    }

    private static Preprocessing preprocessing(int width) {
        double[] mean = new double[width];
        double[] deviation = new double[width];
        Arrays.setAll(mean, i -> 10 * i);
        Arrays.setAll(deviation, i -> 1 + i);
        return new Preprocessing(mean.clone(), new Normalizer.Standardize(mean, deviation));
    }

    private static List<String> names(int width) {
        List<String> first = List.of("amount", "hour", "risk");
        return IntStream.range(0, width)
                .mapToObj(i -> i < first.size() ? first.get(i) : "feature_" + i)
                .toList();
    }
}
