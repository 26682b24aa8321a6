/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.ModelException;
import io.millrace.model.backend.NativeBackend;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Network;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes DL4J's network from one that our reader found sound: the only class that lets DL4J read anything of a bundle.
 * {@code ModelSerializer}, which deserializes Java objects, is never called.
 */
final class NetworkRestorer {

    private NetworkRestorer() {}

    static MultiLayerNetwork restore(Network network) {
        return LoaderFilterFactory.withoutDeserialization(() -> NativeBackend.with(() -> build(network)));
    }

    private static MultiLayerNetwork build(Network network) {
        try {
            MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(network.configuration());
            checkSame(network, configuration.getConfs());
            MultiLayerNetwork restored = new MultiLayerNetwork(configuration);
            try (INDArray weights = Nd4j.createFromArray(network.weights())) {
                restored.init(weights, true);
            }
            return restored;
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

    /** DL4J must have read what we read, before it allocates. */
    private static void checkSame(Network network, List<NeuralNetConfiguration> confs) {
        List<Layer> layers = network.layers();
        boolean same = confs.size() == layers.size();
        for (int i = 0; same && i < layers.size(); i++) {
            NeuralNetConfiguration conf = confs.get(i);
            same = conf.getLayer().initializer().numParams(conf)
                    == layers.get(i).parameters();
        }
        if (!same) {
            throw new ModelException(
                    ModelException.Code.PARAMETERS,
                    "configuration.json: DL4J reads other layers in it than Millrace does. Save the network again with"
                            + " DL4J 1.0.0-M2.1.");
        }
    }
}
