/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.train.keras.DenseStack.Dense;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
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

/** The child process: opens an {@code .h5} file and writes the network's configuration and weights for the parent. */
final class KerasImportProcess {

    static final String CONFIGURATION = "configuration.json";
    static final String WEIGHTS = "weights.bin";
    static final String REFUSED = "refused: ";

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

    /** The exit code of a process that refused the model; one that failed has another. */
    static final int REFUSED_EXIT = 10;

    private KerasImportProcess() {}

    /** Arguments: the file, the directory for the results. */
    public static void main(String[] arguments) throws Exception {
        try {
            refuseOtherLayers(arguments[0]);
            MultiLayerNetwork imported = KerasModelImport.importKerasSequentialModelAndWeights(arguments[0], false);
            MultiLayerNetwork network = DenseStack.network(layers(imported));
            write(network, Path.of(arguments[1]));
        } catch (RefusedLayerException refused) {
            System.out.println(REFUSED + refused.getMessage());
            System.exit(REFUSED_EXIT);
        }
    }

    /** Before DL4J builds anything: on some recurrent layers it crashes, or never comes back. */
    private static void refuseOtherLayers(String file) throws Exception {
        JsonNode model;
        try (Hdf5Archive archive = new Hdf5Archive(file)) {
            model = new ObjectMapper().readTree(archive.readAttributeAsJson("model_config"));
        }
        if (!model.path("class_name").asText().equals("Sequential")) {
            throw new RefusedLayerException(
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

    private static RefusedLayerException otherLayer(String name, String type) {
        return new RefusedLayerException("layer '" + name + "' is a " + type
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
            throw new RefusedLayerException("there is no dense layer in it.");
        }
        refuseReshaping(network);
        return layers;
    }

    /** What moves values between layers is no layer in DL4J, and would be lost without a word. */
    private static void refuseReshaping(MultiLayerNetwork network) {
        for (InputPreProcessor reshaping :
                network.getLayerWiseConfigurations().getInputPreProcessors().values()) {
            throw new RefusedLayerException("values are reshaped between its layers ("
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
            throw new RefusedLayerException("an activation layer does not follow a dense layer without activation.");
        }
        Dense before = layers.remove(layers.size() - 1);
        layers.add(new Dense(before.weights(), before.bias(), activation));
    }

    private static boolean isIdentity(IActivation activation) {
        return activation
                .getClass()
                .equals(Activation.IDENTITY.getActivationFunction().getClass());
    }

    private static void write(MultiLayerNetwork network, Path directory) throws IOException {
        Files.writeString(
                directory.resolve(CONFIGURATION),
                network.getLayerWiseConfigurations().toJson());
        float[] weights = network.params().dup().data().asFloat();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(directory.resolve(WEIGHTS))))) {
            out.writeInt(weights.length);
            for (float weight : weights) {
                out.writeFloat(weight);
            }
        }
    }

    /** A layer that no bundle may have. */
    private static final class RefusedLayerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedLayerException(String message) {
            super(message);
        }
    }
}
