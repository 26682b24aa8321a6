/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.train.keras.KerasTensor.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layer that is mapped, against plain loops. */
class KerasLayersTest {

    private static final DoubleUnaryOperator SIGMOID = x -> 1 / (1 + Math.exp(-x));
    private static final DoubleUnaryOperator HARD_SIGMOID = x -> Math.max(0, Math.min(1, 0.2 * x + 0.5));

    @TempDir
    private Path directory;

    private final KerasSketch sketch = new KerasSketch();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elu",
                "hard_sigmoid",
                "linear",
                "relu",
                "selu",
                "sigmoid",
                "softplus",
                "softsign",
                "swish",
                "tanh"
            })
    void denseLayersWithEveryActivation(String activation) throws Exception {
        float[] kernel = sketch.weights("dense", "kernel", 5, 4);
        float[] bias = sketch.weights("dense", "bias", 4);
        sketch.layer(
                "Dense",
                "dense",
                "'batch_input_shape': [null, 5], 'units': 4, 'use_bias': true, 'activation': '" + activation + "'");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row).dense(kernel, bias).each(function(activation)));
    }

    private static DoubleUnaryOperator function(String name) {
        return switch (name) {
            case "elu" -> x -> x > 0 ? x : Math.expm1(x);
            case "hard_sigmoid" -> HARD_SIGMOID;
            case "relu" -> x -> Math.max(0, x);
            case "selu" -> x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
            case "sigmoid" -> SIGMOID;
            case "softplus" -> x -> Math.log1p(Math.exp(x));
            case "softsign" -> x -> x / (1 + Math.abs(x));
            case "swish" -> x -> x * SIGMOID.applyAsDouble(x);
            case "tanh" -> Math::tanh;
            default -> x -> x;
        };
    }

    @Test
    void activationsOfTheirOwn() throws Exception {
        float[] kernel = sketch.weights("dense", "kernel", 5, 6);
        sketch.layer("Dense", "dense", "'batch_input_shape': [null, 5], 'units': 6, 'use_bias': false")
                .layer("LeakyReLU", "leaky", "'alpha': 0.2")
                .layer("ELU", "elu", "'alpha': 0.7")
                .layer("ReLU", "capped", "'max_value': 0.9, 'negative_slope': 0.0, 'threshold': 0.0")
                .layer("ThresholdedReLU", "over", "'theta': 0.1")
                .layer("GaussianNoise", "noise", "'stddev': 0.5")
                .layer("Softmax", "softmax", "'axis': -1");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .dense(kernel, new float[6])
                        .each(x -> x < 0 ? 0.2 * x : x)
                        .each(x -> x > 0 ? x : 0.7 * Math.expm1(x))
                        .each(x -> Math.max(0, Math.min(0.9, x)))
                        .each(x -> x > 0.1 ? x : 0)
                        .softmax());
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, valid", "3, 1, 1, same", "2, 1, 1, same", "4, 3, 1, same", "3, 2, 1, valid", "3, 2, 1, same",
        "2, 1, 3, valid", "3, 1, 2, same", "2, 1, 2, same", "3, 1, 1, causal", "3, 1, 2, causal", "3, 2, 1, causal",
        "1, 2, 1, same"
    })
    void convolutionsOverSequences(int kernel, int stride, int dilation, String padding) throws Exception {
        float[] weights = sketch.weights("convolution", "kernel", kernel, 3, 4);
        float[] bias = sketch.weights("convolution", "bias", 4);
        sketch.layer(
                "Conv1D",
                "convolution",
                "'batch_input_shape': [null, 9, 3], 'filters': 4, 'kernel_size': [" + kernel + "], 'strides': ["
                        + stride
                        + "], 'dilation_rate': [" + dilation + "], 'padding': '" + padding
                        + "', 'data_format': 'channels_last', 'use_bias': true, 'activation': 'tanh'");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(9, 1, 3)
                        .convolution(Window.of(kernel, stride, dilation, padding), weights, bias)
                        .each(Math::tanh));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 1, 1, 1, valid",
        "3, 2, 1, 1, 1, same",
        "2, 2, 2, 3, 1, same",
        "3, 3, 2, 2, 1, valid",
        "4, 3, 2, 1, 1, same",
        "2, 2, 1, 1, 2, valid",
        "3, 2, 1, 1, 2, same"
    })
    void convolutionsOverImages(int rows, int columns, int down, int right, int dilation, String padding)
            throws Exception {
        float[] weights = sketch.weights("convolution", "kernel", rows, columns, 2, 3);
        float[] bias = sketch.weights("convolution", "bias", 3);
        sketch.layer(
                "Conv2D",
                "convolution",
                "'batch_input_shape': [null, 7, 6, 2], 'filters': 3, 'kernel_size': [" + rows + ", " + columns
                        + "], 'strides': [" + down + ", " + right + "], 'dilation_rate': [" + dilation + ", " + dilation
                        + "], 'padding': '" + padding + "', 'use_bias': true, 'activation': 'relu'");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(7, 6, 2)
                        .convolution(new Window(rows, columns, down, right, dilation, dilation, padding), weights, bias)
                        .each(x -> Math.max(0, x)));
    }

    @ParameterizedTest
    @CsvSource({
        "Max, 2, 2, valid",
        "Max, 3, 2, same",
        "Max, 2, 1, same",
        "Average, 2, 2, valid",
        "Average, 3, 2, same",
        "Average, 2, 1, same",
        "Average, 4, 3, same"
    })
    void poolingOfSequencesAndImages(String type, int size, int stride, String padding) throws Exception {
        boolean greatest = type.equals("Max");
        sketch.layer(
                type + "Pooling1D",
                "pool",
                "'batch_input_shape': [null, 9, 3], 'pool_size': [" + size + "], 'strides': [" + stride
                        + "], 'padding': '" + padding + "'");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row).shaped(9, 1, 3).pooled(Window.of(size, stride, 1, padding), greatest));
        KerasSketch images = new KerasSketch()
                .layer(
                        type + "Pooling2D",
                        "pool",
                        "'batch_input_shape': [null, 7, 6, 2], 'pool_size': [" + size + ", 2], 'strides': [" + stride
                                + ", 2], 'padding': '" + padding + "'");
        images.answersAs(
                images.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(7, 6, 2)
                        .pooled(new Window(size, 2, stride, 2, 1, 1, padding), greatest));
    }

    @ParameterizedTest
    @CsvSource({"Max, 1D", "Max, 2D", "Average, 1D", "Average, 2D"})
    void globalPooling(String type, String dimensions) throws Exception {
        boolean image = dimensions.equals("2D");
        sketch.layer(
                "Global" + type + "Pooling" + dimensions,
                "pool",
                "'batch_input_shape': [null, " + (image ? "4, 3, 2" : "12, 2") + "]");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(image ? 4 : 12, image ? 3 : 1, 2)
                        .globallyPooled(type.equals("Max")));
    }

    @ParameterizedTest
    @CsvSource({"'6', 1, 1", "'5, 3', 5, 1", "'4, 3, 2', 4, 3"})
    void normalizationOfRowsSequencesAndImages(String shape, int height, int width) throws Exception {
        int channels = Integer.parseInt(shape.substring(shape.lastIndexOf(' ') + 1));
        float[] gamma = sketch.weights("norm", "gamma", channels);
        float[] beta = sketch.weights("norm", "beta", channels);
        float[] mean = sketch.weights("norm", "moving_mean", channels);
        float[] variance = sketch.weights("norm", "moving_variance", channels);
        sketch.layer("BatchNormalization", "norm", "'batch_input_shape': [null, " + shape + "], 'epsilon': 0.01");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(height, width, channels)
                        .normalized(gamma, beta, mean, variance, 0.01));
    }

    @ParameterizedTest
    @CsvSource({
        "true, sigmoid, tanh, true",
        "false, sigmoid, tanh, true",
        "false, hard_sigmoid, tanh, true",
        "true, hard_sigmoid, relu, false"
    })
    void lstmWithItsGatesInKerassOrder(boolean all, String gate, String activation, boolean biases) throws Exception {
        float[] kernel = sketch.weights("lstm", "kernel", 3, 20);
        float[] recurrent = sketch.weights("lstm", "recurrent_kernel", 5, 20);
        float[] bias = biases ? sketch.weights("lstm", "bias", 20) : new float[20];
        sketch.layer(
                "LSTM",
                "lstm",
                "'batch_input_shape': [null, 7, 3], 'units': 5, 'use_bias': " + biases + ", 'return_sequences': " + all
                        + ", 'activation': '" + activation + "', 'recurrent_activation': '" + gate + "'");
        sketch.answersAs(sketch.sequential(directory), row -> {
            KerasTensor steps = KerasTensor.row(row)
                    .shaped(7, 1, 3)
                    .lstm(kernel, recurrent, bias, function(gate), function(activation));
            return all ? steps : steps.lastStep();
        });
    }

    @ParameterizedTest
    @CsvSource({"true, 32", "false, 32", "false, 50"})
    void simpleRecurrentLayersOfSizesThatKillDl4jsImport(boolean all, int units) throws Exception {
        float[] kernel = sketch.weights("rnn", "kernel", 2, units);
        float[] recurrent = sketch.weights("rnn", "recurrent_kernel", units, units);
        float[] bias = sketch.weights("rnn", "bias", units);
        sketch.layer(
                "SimpleRNN",
                "rnn",
                "'batch_input_shape': [null, 4, 2], 'units': " + units + ", 'return_sequences': " + all
                        + ", 'activation': 'tanh', 'recurrent_initializer': {'class_name': 'Orthogonal', 'config': {}}");
        sketch.answersAs(sketch.sequential(directory), row -> {
            KerasTensor steps = KerasTensor.row(row).shaped(4, 1, 2).simpleRnn(kernel, recurrent, bias, Math::tanh);
            return all ? steps : steps.lastStep();
        });
    }

    @Test
    void wordsThroughARecurrentLayer() throws Exception {
        float[] vectors = sketch.weights("words", "embeddings", 7, 3);
        float[] kernel = sketch.weights("rnn", "kernel", 3, 4);
        float[] recurrent = sketch.weights("rnn", "recurrent_kernel", 4, 4);
        float[] bias = sketch.weights("rnn", "bias", 4);
        sketch.layer(
                        "Embedding",
                        "words",
                        "'batch_input_shape': [null, null], 'input_length': 6, 'input_dim': 7, 'output_dim': 3")
                .layer("SpatialDropout1D", "drop", "'rate': 0.5")
                .layer("SimpleRNN", "rnn", "'units': 4, 'activation': 'tanh'");
        sketch.answersAs(
                sketch.sequential(directory),
                7,
                row -> KerasTensor.row(row)
                        .embedded(vectors, 3)
                        .simpleRnn(kernel, recurrent, bias, Math::tanh)
                        .lastStep());
    }

    /** Keras flattens channels last; DL4J channels first, so the weights behind are permuted. */
    @ParameterizedTest
    @CsvSource({"Conv1D, '8, 2', '[3]', 8, 1, 3, 1", "Conv2D, '5, 4, 2', '[2, 2]', 5, 4, 2, 2"})
    void flattenedConvolutionsMeetTheirWeights(
            String type, String shape, String size, int height, int width, int rows, int columns) throws Exception {
        int outputs = 3;
        int places = (height - rows + 1) * (width - columns + 1);
        float[] kernel = columns == 1
                ? sketch.weights("convolution", "kernel", rows, 2, outputs)
                : sketch.weights("convolution", "kernel", rows, columns, 2, outputs);
        float[] bias = sketch.weights("convolution", "bias", outputs);
        float[] mean = sketch.weights("norm", "moving_mean", places * outputs);
        float[] variance = sketch.weights("norm", "moving_variance", places * outputs);
        float[] dense = sketch.weights("dense", "kernel", places * outputs, 4);
        float[] denseBias = sketch.weights("dense", "bias", 4);
        sketch.layer(
                        type,
                        "convolution",
                        "'batch_input_shape': [null, " + shape + "], 'filters': 3, 'kernel_size': " + size
                                + ", 'strides': 1, 'dilation_rate': 1, 'padding': 'valid', 'activation': 'linear'")
                .layer("Flatten", "flat", "'data_format': 'channels_last'")
                .layer("BatchNormalization", "norm", "'axis': [1], 'epsilon': 0.001, 'scale': false, 'center': false")
                .layer("Dense", "dense", "'units': 4, 'activation': 'softmax'");
        float[] ones = new float[places * outputs];
        Arrays.fill(ones, 1);
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(height, width, 2)
                        .convolution(new Window(rows, columns, 1, 1, 1, 1, "valid"), kernel, bias)
                        .shaped(1, 1, places * outputs)
                        .normalized(ones, new float[places * outputs], mean, variance, 0.001)
                        .dense(dense, denseBias)
                        .softmax());
    }

    @Test
    void denseSoftmaxAtEveryStep() throws Exception {
        float[] kernel = sketch.weights("dense", "kernel", 3, 4);
        float[] bias = sketch.weights("dense", "bias", 4);
        sketch.layer("Dense", "dense", "'batch_input_shape': [null, 6, 3], 'units': 4, 'activation': 'softmax'");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row).shaped(6, 1, 3).dense(kernel, bias).softmax());
    }

    @Test
    void reshapedInputEntersInTheOtherShape() throws Exception {
        float[] kernel = sketch.weights("convolution", "kernel", 2, 2, 1, 3);
        float[] bias = sketch.weights("convolution", "bias", 3);
        sketch.layer("Reshape", "reshape", "'batch_input_shape': [null, 12], 'target_shape': [4, -1, 1]")
                .layer(
                        "Conv2D",
                        "convolution",
                        "'filters': 3, 'kernel_size': 2, 'strides': 1, 'dilation_rate': 1, 'padding': 'valid'")
                .layer("GlobalMaxPooling2D", "pool", "");
        sketch.answersAs(
                sketch.sequential(directory),
                row -> KerasTensor.row(row)
                        .shaped(4, 3, 1)
                        .convolution(new Window(2, 2, 1, 1, 1, 1, "valid"), kernel, bias)
                        .globallyPooled(true));
    }

    @Test
    void severalInputsJoinedAndAdded() throws Exception {
        float[] convolution = sketch.weights("convolution", "kernel", 3, 2, 4);
        float[] convolutionBias = sketch.weights("convolution", "bias", 4);
        float[] sum = sketch.weights("sum_dense", "kernel", 23, 5);
        float[] sumBias = sketch.weights("sum_dense", "bias", 5);
        float[] skip = sketch.weights("skip", "kernel", 3, 5);
        float[] skipBias = sketch.weights("skip", "bias", 5);
        float[] last = sketch.weights("answer", "kernel", 5, 1);
        float[] lastBias = sketch.weights("answer", "bias", 1);
        sketch.node("InputLayer", "history", "'batch_input_shape': [null, 5, 2]")
                .node("InputLayer", "now", "'batch_input_shape': [null, 3]")
                .node(
                        "Conv1D",
                        "convolution",
                        "'filters': 4, 'kernel_size': [3], 'strides': [1], 'dilation_rate': [1], 'padding': 'same',"
                                + " 'activation': 'relu'",
                        "history")
                .node("Flatten", "flat", "", "convolution")
                .node("Concatenate", "joined", "'axis': -1", "flat", "now")
                .node("Dense", "sum_dense", "'units': 5", "joined")
                .node("Dense", "skip", "'units': 5, 'activation': 'tanh'", "now")
                .node("Add", "added", "", "sum_dense", "skip")
                .node("Dense", "answer", "'units': 1, 'activation': 'sigmoid'", "added");
        Path file = sketch.functional(directory, List.of("history", "now"), "answer");
        sketch.answersAs(file, row -> {
            KerasTensor history = KerasTensor.row(Arrays.copyOf(row, 10)).shaped(5, 1, 2);
            KerasTensor present = KerasTensor.row(Arrays.copyOfRange(row, 10, 13));
            KerasTensor flat = history.convolution(Window.of(3, 1, 1, "same"), convolution, convolutionBias)
                    .each(x -> Math.max(0, x))
                    .shaped(1, 1, 20);
            return flat.concatenated(present)
                    .dense(sum, sumBias)
                    .with(present.dense(skip, skipBias).each(Math::tanh), Double::sum)
                    .dense(last, lastBias)
                    .each(SIGMOID);
        });
    }
}
