/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.network.Shape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks on sequences, images and several inputs, built in DL4J itself with weights that are not zero. */
public final class ShapedNetworks {

    public static final Shape SEQUENCE = new Shape.Sequence(8, 3);
    public static final Shape IMAGE = new Shape.Image(7, 6, 2);
    static final int WORDS = 11;

    private ShapedNetworks() {}

    /** Convolution, pooling and a recurrent layer over a sequence. */
    static MultiLayerNetwork convolution1d() {
        return sequential(
                InputType.recurrent(3, 8),
                new ZeroPadding1DLayer.Builder(1).build(),
                new Convolution1D.Builder(3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                new Convolution1D.Builder(2)
                        .nOut(5)
                        .dilation(2)
                        .activation(Activation.TANH)
                        .convolutionMode(ConvolutionMode.Causal)
                        .build(),
                new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, 2, 2).build(),
                new LastTimeStep(
                        new LSTM.Builder().nOut(5).activation(Activation.TANH).build()),
                output(5, 2));
    }

    /** Convolution, normalization and pooling over an image; DL4J itself puts the flattening in. */
    static MultiLayerNetwork convolution2d() {
        return sequential(
                InputType.convolutional(7, 6, 2),
                new ZeroPaddingLayer.Builder(1, 0, 0, 1).build(),
                new ConvolutionLayer.Builder(3, 2)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build(),
                new BatchNormalization(),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 3}, new int[] {2, 1})
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build(),
                output(6, 2));
    }

    /** Recurrent layers of every kind, an output per step. */
    static MultiLayerNetwork recurrent() {
        return sequential(
                InputType.recurrent(3, 8),
                new LSTM.Builder().nOut(5).activation(Activation.TANH).build(),
                new Bidirectional(
                        Bidirectional.Mode.CONCAT,
                        new SimpleRnn.Builder().nOut(3).build()),
                new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build(),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    /** Vectors looked up by whole numbers, pooled. */
    static MultiLayerNetwork words() {
        return sequential(
                null,
                new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(4).build(),
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                output(4, 1));
    }

    /** A sequence, a row and a word: joined, added, flattened. */
    public static ComputationGraph graph() {
        return graph(new NeuralNetConfiguration.Builder()
                .seed(5)
                .weightInit(WeightInit.XAVIER)
                .biasInit(0.1)
                .graphBuilder()
                .addInputs("history", "now", "word")
                .addLayer(
                        "convolution",
                        new Convolution1D.Builder(3)
                                .nIn(3)
                                .nOut(4)
                                .activation(Activation.RELU)
                                .convolutionMode(ConvolutionMode.Same)
                                .build(),
                        "history")
                .addLayer(
                        "normalization",
                        new BatchNormalization.Builder().nIn(4).nOut(4).build(),
                        new RnnToFeedForwardPreProcessor(),
                        "convolution")
                .addLayer(
                        "memory",
                        new LSTM.Builder()
                                .nIn(4)
                                .nOut(5)
                                .activation(Activation.TANH)
                                .build(),
                        new FeedForwardToRnnPreProcessor(),
                        "normalization")
                .addVertex("last", new LastTimeStepVertex("history"), "memory")
                .addLayer("row", new DenseLayer.Builder().nIn(2).nOut(5).build(), "now")
                .addLayer(
                        "meaning",
                        new EmbeddingLayer.Builder()
                                .nIn(WORDS)
                                .nOut(5)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "word")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "last", "row", "meaning")
                .addVertex("flat", new ReshapeVertex('c', new int[] {-1, 40}, null), "memory")
                .addVertex("joined", new MergeVertex(), "sum", "flat")
                .addLayer("answer", output(45, 2), "joined")
                .setOutputs("answer"));
    }

    /** A recurrent layer whose last step answers, over sequences of two channels. */
    public static ComputationGraph memory() {
        return graph(new NeuralNetConfiguration.Builder()
                .seed(6)
                .graphBuilder()
                .addInputs("history")
                .addLayer(
                        "memory",
                        new LastTimeStep(new LSTM.Builder()
                                .nIn(2)
                                .nOut(5)
                                .activation(Activation.TANH)
                                .build()),
                        "history")
                .addLayer("answer", output(5, 1), "memory")
                .setOutputs("answer"));
    }

    private static OutputLayer output(int inputs, int outputs) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(inputs)
                .nOut(outputs)
                .activation(Activation.SIGMOID)
                .build();
    }

    private static MultiLayerNetwork sequential(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(4)
                .weightInit(WeightInit.XAVIER)
                .biasInit(0.1)
                .list(layers);
        MultiLayerNetwork network = new MultiLayerNetwork(
                input == null ? list.build() : list.setInputType(input).build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(GraphBuilder builder) {
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }
}
