/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.ModelException;
import io.millrace.model.backend.NativeBackend;
import io.millrace.model.network.Network;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A twin of a network whose last output can be derived by its inputs: the output layer is a dense layer with the same weights and
 * activation, dropout is off. Both hold copies of the weights. Used by one thread.
 */
public final class GradientNetwork implements AutoCloseable {

    private final MultiLayerNetwork twin;
    private final int inputs;

    private GradientNetwork(MultiLayerNetwork twin, int inputs) {
        this.twin = twin;
        this.inputs = inputs;
    }

    /** @throws ModelException when the network is no sequence of layers over one flat row */
    public static GradientNetwork of(Network network) {
        if (network.kind() != Network.Kind.SEQUENTIAL || network.inputShapes().size() != 1) {
            throw new ModelException(
                    ModelException.Code.FRAMEWORK,
                    "gradients are there for layers one after the other over one input. Explain it by occlusion or"
                            + " kernel_shap.");
        }
        return LoaderFilterFactory.withoutDeserialization(() -> NativeBackend.with(() -> build(network)));
    }

    private static GradientNetwork build(Network network) {
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(network.configuration());
        List<NeuralNetConfiguration> layers = configuration.getConfs();
        for (NeuralNetConfiguration layer : layers) {
            layer.getLayer().setIDropout(null);
        }
        NeuralNetConfiguration last = layers.get(layers.size() - 1);
        if (last.getLayer() instanceof DropoutLayer || !(last.getLayer() instanceof BaseOutputLayer output)) {
            throw new ModelException(
                    ModelException.Code.FRAMEWORK,
                    "gradients want an output layer at the end, found "
                            + last.getLayer().getClass().getSimpleName()
                            + ". Explain it by occlusion or kernel_shap.");
        }
        last.setLayer(new DenseLayer.Builder()
                .nIn(output.getNIn())
                .nOut(output.getNOut())
                .hasBias(output.hasBias())
                .activation(output.getActivationFn())
                .build());
        MultiLayerNetwork twin = new MultiLayerNetwork(configuration);
        try (INDArray weights = Nd4j.createFromArray(network.weights())) {
            twin.init(weights, true);
        }
        return new GradientNetwork(twin, network.inputs());
    }

    /**
     * The last output of each row and how it changes with each input.
     *
     * @param rows prepared rows, each of as many values as the network has inputs
     * @param outputs receives the last output of each row
     * @param gradients receives d output / d input
     */
    public void derive(float[][] rows, double[] outputs, double[][] gradients) {
        NativeBackend.with(() -> {
            try (INDArray input = Nd4j.createFromArray(rows)) {
                twin.setInput(input);
                List<INDArray> activations = twin.feedForward(false, false);
                INDArray answers = activations.get(activations.size() - 1);
                int width = (int) answers.size(1);
                INDArray epsilon = Nd4j.zeros(rows.length, width);
                for (int row = 0; row < rows.length; row++) {
                    outputs[row] = answers.getDouble(row, width - 1);
                    epsilon.putScalar(row, width - 1, 1);
                }
                INDArray found = twin.backpropGradient(epsilon, LayerWorkspaceMgr.noWorkspaces())
                        .getSecond();
                for (int row = 0; row < rows.length; row++) {
                    for (int i = 0; i < inputs; i++) {
                        gradients[row][i] = found.getDouble(row, i);
                    }
                }
                twin.clear();
            }
            return null;
        });
    }

    @Override
    public void close() {
        twin.close();
    }
}
