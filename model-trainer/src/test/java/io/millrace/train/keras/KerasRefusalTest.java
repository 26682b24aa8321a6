/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.train.foreign.KerasFile;
import io.millrace.train.network.RefusedModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not mapped is refused by Keras's name, with the reason. */
class KerasRefusalTest {

    private static final String SEQUENCE = "'batch_input_shape': [null, 6, 3]";

    @TempDir
    private Path directory;

    private final KerasSketch sketch = new KerasSketch();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GRU|'units': 4|and DL4J has no recurrent layer that computes the same. Train the model with an LSTM.",
                "Masking|'mask_value': 0.0|and Keras keeps a recurrent layer's state over masked steps where DL4J clears"
                        + " it. Pad the sequences in front and train without it.",
                "Bidirectional|'merge_mode': 'concat'|and Keras takes the first step of the way back where DL4J takes the"
                        + " last. Train the model with one direction.",
                "Lambda|'function': 'x'|which is Python code, and none is run. Build it from layers.",
                "TimeDistributed|'layer': {}|which is not mapped. docs/models.md lists the layers that are.",
                "Functional|'layers': []|which is not mapped. docs/models.md lists the layers that are.",
                "LSTM|'units': 4, 'stateful': true|with stateful, which is not mapped: each row is a sequence of its own,"
                        + " oldest step first, and answers values only.",
                "LSTM|'units': 4, 'go_backwards': true|with go_backwards, which is not mapped: each row is a sequence of"
                        + " its own, oldest step first, and answers values only.",
                "LSTM|'units': 4, 'activation': 'softmax'|whose activation is softmax, which cannot be mapped there. Use an"
                        + " activation of one value at a time.",
                "LSTM|'units': 4|and the file holds no kernel for it. Save the whole model again.",
                "Conv1D|'filters': 4, 'kernel_size': 3, 'strides': 1, 'dilation_rate': 1, 'data_format': 'channels_first'"
                        + "|whose data_format is channels_first, and only channels_last can be mapped.",
                "Conv1D|'filters': 4, 'kernel_size': 3, 'strides': 1, 'dilation_rate': 1, 'groups': 3|of several groups,"
                        + " which DL4J has not.",
                "Conv1D|'filters': 4, 'kernel_size': 9, 'strides': 1, 'dilation_rate': 1|whose window reaches over 9 values"
                        + " where there are 6.",
                "Conv1D|'filters': 4, 'kernel_size': -3, 'strides': 1, 'dilation_rate': 1|whose kernel_size is -3, not 1"
                        + " numbers above 0. Save the model again.",
                "Conv2D|'filters': 4, 'kernel_size': 3, 'strides': 1, 'dilation_rate': 1|and values of shape [6, 3] reach it"
                        + " where it wants an image [height, width, channels], which is not mapped.",
                "MaxPooling1D|'pool_size': 2, 'padding': 'causal'|whose padding is causal, and only valid, same can be"
                        + " mapped.",
                "BatchNormalization|'axis': 1|whose axis is 1, and only the last one can be mapped.",
                "Activation|'activation': 'gelu'|whose activation is \"gelu\", and only elu, hard_sigmoid, linear, relu,"
                        + " selu, sigmoid, softmax, softplus, softsign, swish and tanh can be mapped.",
                "ReLU|'threshold': 0.5|with a threshold, or with a slope and a max_value, which DL4J has not. Use a plain,"
                        + " a leaky or a capped one.",
                "Embedding|'input_dim': 5, 'output_dim': 2, 'mask_zero': true|with mask_zero, and Keras keeps a recurrent"
                        + " layer's state over masked steps where DL4J clears it. Train it without mask_zero.",
                "Embedding|'input_dim': 5, 'output_dim': 2|and only an embedding of an input of one dimension can be"
                        + " mapped.",
                "Reshape|'target_shape': [5, 5]|whose target_shape [5, 5] does not hold values of shape [6, 3].",
                "GlobalMaxPooling1D|'keepdims': true|with keepdims, which is not mapped. Reshape behind it."
            })
    void layersAreRefusedByName(String type, String config, String reason) {
        sketch.layer(type, "layer_1", SEQUENCE + ", " + config);
        refuses(sketch.sequential(directory), "layer 'layer_1' is a " + type + ", " + reason);
    }

    @Test
    void arraysOfAnotherShapeAreRefusedUnread() {
        sketch.weights("dense", "kernel", 3, 4);
        sketch.layer("Dense", "dense", "'batch_input_shape': [null, 3], 'units': 40000000");
        refuses(
                sketch.sequential(directory),
                "layer 'dense' is a Dense, whose output is [40000000], every dimension is from 1 to 10000000. Use a smaller"
                        + " network.");
        KerasSketch other = new KerasSketch();
        other.weights("dense", "kernel", 3, 4);
        other.layer("Dense", "dense", "'batch_input_shape': [null, 3], 'units': 4000000");
        refuses(
                other.sequential(directory),
                "layer 'dense' has an array of shape [3, 4] where its configuration wants [3, 4000000]. Save the model"
                        + " again.");
    }

    @Test
    void inputsOfUnknownSizeAreRefused() {
        sketch.layer("LSTM", "lstm", "'batch_input_shape': [null, null, 3], 'units': 4");
        refuses(
                sketch.sequential(directory),
                "layer 'lstm_input' is a InputLayer, of shape [null,null,3], and every dimension behind the batch must be"
                        + " known, at most three of them. Save the model with the shape that it will score.");
    }

    @Test
    void modelsThatEndWithAFlatteningAreRefused() {
        sketch.weights("convolution", "kernel", 1, 3, 2);
        sketch.weights("convolution", "bias", 2);
        sketch.layer(
                        "Conv1D",
                        "convolution",
                        SEQUENCE + ", 'filters': 2, 'kernel_size': 1, 'strides': 1, 'dilation_rate': 1")
                .layer("Flatten", "flat", "");
        refuses(
                sketch.sequential(directory),
                "the model ends with a layer that only reshapes. End it with a layer that computes, such as Dense.");
    }

    @Test
    void sharedLayersAndSeveralOutputsAreRefused() {
        Path shared = sketch.file(
                directory,
                "Functional",
                "{\"layers\": [{\"class_name\": \"Dense\", \"config\": {\"name\": \"twice\"}, \"inbound_nodes\": [[[\"a\","
                        + " 0, 0, {}]], [[\"b\", 0, 0, {}]]]}], \"input_layers\": [], \"output_layers\": [[\"twice\", 0, 0]]}");
        refuses(
                shared,
                "layer 'twice' is a Dense that is used 2 times, and shared layers are not read. Build one for each use.");
        sketch.node("InputLayer", "in", "'batch_input_shape': [null, 3]");
        Path two = sketch.file(
                directory,
                "Functional",
                "{\"layers\": [{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"in\"}, \"inbound_nodes\": []}],"
                        + " \"input_layers\": [[\"in\", 0, 0]], \"output_layers\": [[\"a\", 0, 0], [\"b\", 0, 0]]}");
        refuses(two, "the model has 2 outputs, and models with one are read. Save one with one output.");
    }

    @Test
    void layersThatFeedEachOtherAreRefused() {
        sketch.node("InputLayer", "in", "'batch_input_shape': [null, 3]")
                .node("Dense", "left", "'units': 3", "right")
                .node("Dense", "right", "'units': 3", "left");
        refuses(
                sketch.functional(directory, List.of("in"), "right"),
                "layer 'left' is fed by layers that are not there. Save the model again.");
    }

    @Test
    void otherKindsAndVersionsAreRefused() {
        refuses(
                sketch.file(directory, "MyModel", "{}"),
                "the model is a MyModel, and sequential and functional models are read. Build it as one.");
        refuses(
                KerasFile.write(directory.resolve("model.h5"), "Sequential", "{}", "3.4.1", Map.of()),
                "it was saved by Keras 3.4.1, and files of Keras 2 are read. Save it with tf.keras of TensorFlow 2.15 or"
                        + " earlier.");
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> KerasModel.read(file))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage(message);
    }
}
