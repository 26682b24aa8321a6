/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.network;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Dense layers taken out of an imported network and set up as a network of DL4J's own, without traces of the import. */
public final class DenseStack {

    private static final String WEIGHTS = "W";
    private static final String BIAS = "b";

    private DenseStack() {}

    /**
     * One dense layer.
     *
     * @param weights {@code inputs × outputs}
     */
    public record Dense(INDArray weights, INDArray bias, IActivation activation) {
        /** How many values enter. */
        public long inputs() {
            return weights.rows();
        }

        /** How many values leave. */
        public long outputs() {
            return weights.columns();
        }
    }

    /** A network of these layers. */
    public static MultiLayerNetwork network(List<Dense> layers) {
        ListBuilder list = new NeuralNetConfiguration.Builder().seed(1).list();
        for (int i = 0; i < layers.size(); i++) {
            Dense dense = layers.get(i);
            list.layer(i == layers.size() - 1 ? output(dense) : hidden(dense));
        }
        MultiLayerConfiguration configuration = list.build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        for (int i = 0; i < layers.size(); i++) {
            network.getLayer(i).setParam(WEIGHTS, layers.get(i).weights());
            network.getLayer(i)
                    .setParam(
                            BIAS, layers.get(i).bias().reshape(1, layers.get(i).outputs()));
        }
        return network;
    }

    private static DenseLayer hidden(Dense dense) {
        return new DenseLayer.Builder()
                .nIn(dense.inputs())
                .nOut(dense.outputs())
                .activation(dense.activation())
                .build();
    }

    private static OutputLayer output(Dense dense) {
        return new OutputLayer.Builder(loss(dense))
                .nIn(dense.inputs())
                .nOut(dense.outputs())
                .activation(dense.activation())
                .build();
    }

    /** The loss only matters to training; it is the one that fits the activation. */
    private static LossFunction loss(Dense dense) {
        return switch (dense.activation().toString()) {
            case "sigmoid" -> LossFunction.XENT;
            case "softmax" -> LossFunction.MCXENT;
            default -> LossFunction.MSE;
        };
    }
}
