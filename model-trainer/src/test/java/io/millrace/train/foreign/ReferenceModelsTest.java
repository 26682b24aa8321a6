/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Task;
import io.millrace.model.format.BundleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that other frameworks wrote, and what these answered. They are not part of the repository: {@code
 * -Dmillrace.shared} or the environment variable {@code MILLRACE_SHARED_DATA} says where they are, {@code ../shared/data}
 * beside the repository otherwise.
 */
class ReferenceModelsTest {

    private static final Path SHARED = Path.of(System.getProperty(
            "millrace.shared", System.getenv().getOrDefault("MILLRACE_SHARED_DATA", "../../shared/data")));

    @TempDir
    private Path directory;

    /** Convolutions answer for each step, flat and step by step. */
    @ParameterizedTest
    @CsvSource({
        "ReLU_0, 16",
        "ELU_0, 16",
        "LeakyReLU_0, 16",
        "Softmax_0, 16",
        "conv1d_k2_s1_d1_cl_valid, 48",
        "conv1d_k3_s1_d1_cl_same, 48",
        "simple_rnn_tf_keras_2, 1"
    })
    void modelsOfKerasGiveWhatKerasGave(String name, int width) {
        Path file = shared("models-import/keras2/" + name + ".h5");
        double[][] inputs = NpyFile.rows(file.resolveSibling(name + ".in.npy")).toArray(double[][]::new);
        double[][] outputs =
                NpyFile.rows(file.resolveSibling(name + ".out.npy")).toArray(double[][]::new);

        assertThat(Answers.greatestError(imported(Origin.KERAS, file, width), inputs, outputs))
                .isLessThan(1e-5);
    }

    /** No model of Keras 2 in the directory is left out above. */
    @Test
    void everyReferenceModelOfKerasIsPut() throws IOException {
        try (Stream<Path> files = Files.list(shared("models-import/keras2"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".h5")))
                    .containsExactlyInAnyOrder(
                            "ReLU_0.h5",
                            "ELU_0.h5",
                            "LeakyReLU_0.h5",
                            "Softmax_0.h5",
                            "conv1d_k2_s1_d1_cl_valid.h5",
                            "conv1d_k3_s1_d1_cl_same.h5",
                            "simple_rnn_tf_keras_2.h5");
        }
    }

    @Test
    void fraudNetworkGivesWhatItsPublishedWeightsGive() throws IOException {
        Path file = shared("fraud-handbook/fraud_mlp_15-64-32-1.h5");
        JsonNode published = new ObjectMapper()
                .readTree(shared("fraud-handbook/fraud_mlp_15-64-32-1.json").toFile());
        Random random = new Random(15);
        double[][] rows = new double[200][15];
        double[][] answers = new double[200][];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 15; j++) {
                rows[i][j] = (float) Math.abs(random.nextGaussian() * 3);
            }
            answers[i] = answer(published, rows[i]);
        }

        assertThat(Answers.greatestError(imported(Origin.KERAS, file, 15), rows, answers))
                .isLessThan(1e-5);
    }

    private static double[] answer(JsonNode published, double[] row) {
        double[] values = row;
        for (JsonNode layer : published.get("layers")) {
            double[] next = new double[layer.get("b").size()];
            for (int unit = 0; unit < next.length; unit++) {
                double sum = layer.get("b").get(unit).doubleValue();
                for (int i = 0; i < values.length; i++) {
                    sum += values[i] * layer.get("W").get(i).get(unit).doubleValue();
                }
                next[unit] = layer.get("activation").textValue().equals("relu")
                        ? Math.max(0, sum)
                        : 1 / (1 + Math.exp(-sum));
            }
            values = next;
        }
        return values;
    }

    /** Published with four digits. */
    @Test
    void irisOfDl4jGivesItsPublishedAnswers() throws IOException {
        Path file = shared("models-import/dl4j/DL4J_Iris_Model.zip");
        List<String> lines = Files.readAllLines(file.resolveSibling("DL4J_Iris_Model.expected.csv"));
        double[][] rows = new double[lines.size() - 1][];
        double[][] answers = new double[lines.size() - 1][];
        for (int i = 0; i < rows.length; i++) {
            double[] cells = Arrays.stream(lines.get(i + 1).split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            rows[i] = Arrays.copyOfRange(cells, 0, 4);
            answers[i] = Arrays.copyOfRange(cells, 4, 7);
        }

        Bundle bundle = imported(Origin.DL4J, file, 4);

        assertThat(bundle.task()).isEqualTo(Task.MULTICLASS);
        assertThat(Answers.greatestError(bundle, rows, answers)).isLessThanOrEqualTo(5e-5);
    }

    private Bundle imported(Origin origin, Path file, int inputs) {
        List<String> names =
                IntStream.range(0, inputs).mapToObj(i -> "input_" + i).toList();
        BundleDraft draft = ModelImport.run(new ModelImport.Request(
                origin, file, "model", "1", names, null, null, List.of(), Double.NaN, List.of()));
        return BundleWriter.write(directory.resolve("bundle"), draft);
    }

    private static Path shared(String name) {
        Path file = SHARED.resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file), () -> file + " is not here");
        return file;
    }
}
