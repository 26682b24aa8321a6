/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.configuration.NetworkReader;
import io.millrace.model.network.Coefficients;
import io.millrace.model.network.Network;
import io.millrace.model.score.NetworkScorer;
import io.millrace.train.foreign.KerasFile;
import io.millrace.train.foreign.KerasFile.Weights;
import io.millrace.train.network.ImportedNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** A Keras model that a test makes up: its configuration, random weights, and the file of both. */
final class KerasSketch {

    static final long SEED = 20_261_125;
    private static final int ROWS = 9;

    private final Random random = new Random(SEED);
    private final List<String> layers = new ArrayList<>();
    private final Map<String, Map<String, Weights>> weights = new LinkedHashMap<>();

    /** A layer of a sequential model. */
    KerasSketch layer(String type, String name, String config) {
        layers.add(json(type, name, config) + "}");
        return this;
    }

    /** A layer of a functional model, with the layers that feed it. */
    KerasSketch node(String type, String name, String config, String... before) {
        StringBuilder inbound = new StringBuilder();
        for (String each : before) {
            inbound.append(inbound.isEmpty() ? "" : ", ")
                    .append("[\"")
                    .append(each)
                    .append("\", 0, 0, {}]");
        }
        layers.add(json(type, name, config) + ", \"name\": \"" + name + "\", \"inbound_nodes\": ["
                + (before.length == 0 ? "" : "[" + inbound + "]") + "]}");
        return this;
    }

    private static String json(String type, String name, String config) {
        return "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"" + name + "\""
                + (config.isEmpty() ? "" : ", " + config.replace('\'', '"')) + "}";
    }

    /** Random weights of a layer, which are in the file too. */
    float[] weights(String layer, String name, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] values = new float[count];
        float limit = name.equals("recurrent_kernel") ? 1.2f / (float) Math.sqrt(shape[0]) : 0.7f;
        for (int i = 0; i < count; i++) {
            boolean positive = name.equals("moving_variance");
            values[i] = positive ? 0.2f + random.nextFloat() : (random.nextFloat() * 2 - 1) * limit;
        }
        weights.computeIfAbsent(layer, each -> new LinkedHashMap<>()).put(name, new Weights(values, shape));
        return values;
    }

    Path sequential(Path directory) {
        return file(directory, "Sequential", "{\"name\": \"model\", \"layers\": [" + String.join(", ", layers) + "]}");
    }

    Path functional(Path directory, List<String> inputs, String output) {
        List<String> ends =
                inputs.stream().map(name -> "[\"" + name + "\", 0, 0]").toList();
        return file(
                directory,
                "Functional",
                "{\"name\": \"model\", \"layers\": [" + String.join(", ", layers) + "], \"input_layers\": ["
                        + String.join(", ", ends) + "], \"output_layers\": [[\"" + output + "\", 0, 0]]}");
    }

    Path file(Path directory, String type, String config) {
        return KerasFile.write(directory.resolve("model.h5"), type, config, "2.15.0", weights);
    }

    /** Numbers below a vocabulary, or any. */
    double[] row(int width, int vocabulary) {
        double[] row = new double[width];
        for (int i = 0; i < width; i++) {
            row[i] = vocabulary > 0 ? random.nextInt(vocabulary) : (float) random.nextGaussian();
        }
        return row;
    }

    /** The imported model must answer random rows as the oracle does. */
    void answersAs(Path file, Function<double[], KerasTensor> oracle) throws Exception {
        answersAs(file, 0, oracle);
    }

    void answersAs(Path file, int vocabulary, Function<double[], KerasTensor> oracle) throws Exception {
        ImportedNetwork imported = KerasModel.read(file);
        Network network = NetworkReader.read(
                imported.configuration().getBytes(StandardCharsets.UTF_8),
                Coefficients.write(imported.weights()),
                imported.layout().shapes());
        float[] rows = new float[ROWS * network.inputs()];
        double[][] raw = new double[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            raw[i] = row(network.inputs(), vocabulary);
            for (int j = 0; j < raw[i].length; j++) {
                rows[i * raw[i].length + j] = (float) raw[i][j];
            }
        }
        float[] outputs = new float[ROWS * network.outputs()];
        try (NetworkScorer scorer = NetworkScorer.open(network, ROWS)) {
            scorer.score(rows, ROWS, outputs);
        }
        for (int i = 0; i < ROWS; i++) {
            double[] expected = oracle.apply(raw[i]).values();
            assertThat(network.outputs()).isEqualTo(expected.length);
            for (int j = 0; j < expected.length; j++) {
                assertThat((double) outputs[i * expected.length + j])
                        .as("seed %d, row %d, output %d", SEED, i, j)
                        .isCloseTo(expected[j], within(1e-5));
            }
        }
    }
}
