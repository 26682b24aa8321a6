/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.train.network.DenseStack;
import io.millrace.train.network.DenseStack.Dense;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.network.RefusedModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A sequential Keras 2 model of dense layers, read with DL4J's own import: in a process that may die. */
public final class KerasModel {

    /** Keras's names of the layers that become dense layers, activations, or nothing at all once training is over. */
    private static final Set<String> READ = Set.of(
            "InputLayer",
            "Dense",
            "Activation",
            "ReLU",
            "LeakyReLU",
            "ELU",
            "Softmax",
            "ThresholdedReLU",
            "Dropout",
            "AlphaDropout",
            "GaussianDropout",
            "GaussianNoise");

    private KerasModel() {}

    /** Opens the file; what is not supported is a {@link RefusedModelException}. */
    public static ImportedNetwork read(Path file) throws Exception {
        refuseOtherLayers(file.toString());
        List<Dense> layers = layers(KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), false));
        Dense last = layers.get(layers.size() - 1);
        return ImportedNetwork.of(
                DenseStack.network(layers),
                ImportedNetwork.task(last.activation().toString(), (int) last.outputs()),
                (int) layers.get(0).inputs(),
                (int) last.outputs(),
                "dense layers");
    }

    /** Before DL4J builds anything: on some recurrent layers it crashes, or never comes back. */
    private static void refuseOtherLayers(String file) throws Exception {
        JsonNode model;
        try (Hdf5Archive archive = new Hdf5Archive(file)) {
            model = new ObjectMapper().readTree(archive.readAttributeAsJson("model_config"));
        }
        if (!model.path("class_name").asText().equals("Sequential")) {
            throw new RefusedModelException(
                    "the model is a " + model.path("class_name").asText()
                            + ", and only sequential models are read. Others are not built yet.");
        }
        JsonNode config = model.path("config");
        for (JsonNode layer : config.isArray() ? config : config.path("layers")) {
            String type = layer.path("class_name").asText();
            if (!READ.contains(type)) {
                throw otherLayer(layer.path("config").path("name").asText(), type);
            }
        }
    }

    private static RefusedModelException otherLayer(String name, String type) {
        return new RefusedModelException("layer '" + name + "' is a " + type
                + ", and only dense layers, activations and dropout are read. Other layers are not built yet.");
    }

    private static List<Dense> layers(MultiLayerNetwork network) {
        List<Dense> layers = new ArrayList<>();
        for (Layer layer : network.getLayers()) {
            org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
            if (configuration instanceof DenseLayer || configuration instanceof OutputLayer) {
                layers.add(dense(layer, ((FeedForwardLayer) configuration).getActivationFn()));
            } else if (configuration instanceof ActivationLayer activation) {
                activate(layers, activation.getActivationFn());
            } else if (configuration instanceof LossLayer loss) {
                activate(layers, loss.getActivationFn());
            } else if (!(configuration instanceof DropoutLayer)) {
                throw otherLayer(
                        configuration.getLayerName(), configuration.getClass().getSimpleName());
            }
        }
        if (layers.isEmpty()) {
            throw new RefusedModelException("there is no dense layer in it.");
        }
        refuseReshaping(network);
        return layers;
    }

    /** What moves values between layers is no layer in DL4J, and would be lost without a word. */
    private static void refuseReshaping(MultiLayerNetwork network) {
        for (InputPreProcessor reshaping :
                network.getLayerWiseConfigurations().getInputPreProcessors().values()) {
            throw new RefusedModelException("values are reshaped between its layers ("
                    + reshaping.getClass().getSimpleName()
                    + "), and only dense layers on flat inputs are read. Reshape before the model.");
        }
    }

    private static Dense dense(Layer layer, IActivation activation) {
        INDArray bias = layer.paramTable().get("b");
        INDArray weights = layer.getParam("W").castTo(DataType.FLOAT);
        INDArray zero = org.nd4j.linalg.factory.Nd4j.zeros(DataType.FLOAT, weights.columns());
        return new Dense(weights, bias == null ? zero : bias.castTo(DataType.FLOAT), activation);
    }

    /** An activation of its own belongs to the dense layer before it, which then has none. */
    private static void activate(List<Dense> layers, IActivation activation) {
        if (isIdentity(activation)) {
            return;
        }
        if (layers.isEmpty() || !isIdentity(layers.get(layers.size() - 1).activation())) {
            throw new RefusedModelException("an activation layer does not follow a dense layer without activation.");
        }
        Dense before = layers.remove(layers.size() - 1);
        layers.add(new Dense(before.weights(), before.bias(), activation));
    }

    private static boolean isIdentity(IActivation activation) {
        return activation
                .getClass()
                .equals(Activation.IDENTITY.getActivationFunction().getClass());
    }
}
