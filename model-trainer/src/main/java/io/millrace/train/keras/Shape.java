/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Task;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/** What an imported network takes and gives, and what it is for: read off its last activation. */
record Shape(int inputs, int outputs, Task task) {

    static Shape of(String configuration) {
        List<NeuralNetConfiguration> layers =
                MultiLayerConfiguration.fromJson(configuration).getConfs();
        FeedForwardLayer first = layer(layers.get(0));
        FeedForwardLayer last = layer(layers.get(layers.size() - 1));
        int outputs = (int) last.getNOut();
        String activation = last.getActivationFn().toString();
        return new Shape((int) first.getNIn(), outputs, task(activation, outputs));
    }

    private static Task task(String activation, int outputs) {
        if (activation.equals("sigmoid") && outputs == 1) {
            return Task.BINARY;
        }
        if (activation.equals("softmax") && outputs >= 2) {
            return outputs == 2 ? Task.BINARY : Task.MULTICLASS;
        }
        return Task.REGRESSION;
    }

    private static FeedForwardLayer layer(NeuralNetConfiguration configuration) {
        if (configuration.getLayer() instanceof FeedForwardLayer layer) {
            return layer;
        }
        throw new ModelException(ModelException.Code.CONTENT, "the import gave a layer that is not dense.");
    }
}
