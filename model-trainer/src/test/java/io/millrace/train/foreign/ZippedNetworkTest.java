/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Task;
import io.millrace.model.format.BundleWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Zips as DL4J writes them, and zips that were tampered with. */
class ZippedNetworkTest {

    private static final long SEED = 20_260_201;
    private static final List<String> INPUTS = List.of("amount", "hour", "risk");

    @TempDir
    private Path directory;

    private final MultiLayerNetwork network = network();
    private Path zip = Path.of("");

    @BeforeEach
    void save() throws IOException {
        zip = directory.resolve("model.zip");
        ModelSerializer.writeModel(network, zip.toFile(), true);
    }

    @Test
    void savedNetworkBecomesABundleThatAnswersAsItDid() {
        double[][] rows = rows(40, 3);
        double[][] answers = answers(network, rows);

        BundleDraft draft = imported(zip);
        Bundle bundle = BundleWriter.write(directory.resolve("bundle"), draft);

        assertThat(draft.description().task()).isEqualTo(Task.BINARY);
        assertThat(draft.description().threshold()).isEqualTo(0.25);
        assertThat(draft.card())
                .isEqualTo("# fraud 1\n\nImported from the DL4J file `model.zip`: 3 inputs, 1 outputs, layers of DL4J's"
                        + " own.\nGolden cases: the imported network's own.\n");
        assertThat(bundle.golden().origin()).isEqualTo(GoldenCases.Origin.SELF);
        assertThat(Answers.greatestError(bundle, rows, answers))
                .as("seed %d", SEED)
                .isLessThan(1e-6);
    }

    /** DL4J flattens images channel by channel; the row is in its order, and nothing is permuted. */
    @Test
    void networkOnImagesThatEnterAsRowsAnswersAsItDid() throws IOException {
        MultiLayerNetwork images = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .list(
                        new ConvolutionLayer.Builder(2, 2)
                                .nOut(3)
                                .activation(Activation.RELU)
                                .build(),
                        new SubsamplingLayer.Builder(new int[] {2, 2}).build(),
                        new OutputLayer.Builder()
                                .nOut(1)
                                .activation(Activation.SIGMOID)
                                .lossFunction(org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction.XENT)
                                .build())
                .setInputType(InputType.convolutionalFlat(5, 4, 2))
                .build());
        images.init();
        Path file = directory.resolve("images.zip");
        ModelSerializer.writeModel(images, file.toFile(), false);
        double[][] rows = rows(10, 40);

        BundleDraft draft = ModelImport.run(new ModelImport.Request(
                Origin.DL4J,
                file,
                "images",
                "1",
                IntStream.range(0, 40).mapToObj(i -> "pixel_" + i).toList(),
                null,
                null,
                List.of(),
                0.5,
                List.of()));

        Bundle bundle = BundleWriter.write(directory.resolve("images"), draft);
        assertThat(Answers.greatestError(bundle, rows, answers(images, rows)))
                .as("seed %d", SEED)
                .isLessThan(1e-6);
    }

    @Test
    void networksThatDoNotSayWhatShapeEntersAreRefused() throws IOException {
        MultiLayerNetwork recurrent = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list(
                        new LSTM.Builder().nIn(3).nOut(4).build(),
                        new RnnOutputLayer.Builder()
                                .nIn(4)
                                .nOut(1)
                                .activation(Activation.SIGMOID)
                                .lossFunction(org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction.XENT)
                                .build())
                .build());
        recurrent.init();
        Path file = directory.resolve("recurrent.zip");
        ModelSerializer.writeModel(recurrent, file.toFile(), false);
        refuses(
                file,
                Code.UNSUPPORTED,
                "configuration.json: confs.0.layer.@class does not say what shape enters the network. Start it with a"
                        + " dense layer, or write a bundle with the shapes of its inputs.");
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("dense", new DenseLayer.Builder().nIn(3).nOut(4).build(), "in")
                .setOutputs("dense")
                .validateOutputLayerConfig(false)
                .build());
        graph.init();
        Path other = directory.resolve("graph.zip");
        ModelSerializer.writeModel(graph, other.toFile(), false);
        refuses(
                other,
                Code.UNSUPPORTED,
                "configuration.json: vertices make a graph, which does not say what shapes enter it. Save a"
                        + " MultiLayerNetwork that starts with a dense layer, or write a bundle with the shapes of its"
                        + " inputs.");
    }

    @Test
    void serializedJavaObjectsAreRefusedUnread() throws IOException {
        ByteArrayOutputStream canary = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(canary)) {
            out.writeObject(new Canary());
        }
        for (String name : List.of("preprocessor.bin", "updater.bin")) {
            refuses(
                    with(Map.of(name, canary.toByteArray())),
                    Code.UNSUPPORTED,
                    name + " holds serialized Java objects, which are never read. Save the network with DL4J 1.0.0-M2.1"
                            + " and without it.");
        }
    }

    @Test
    void normalizersAreRefusedAndNotLost() throws IOException {
        refuses(
                with(Map.of("normalizer.bin", new byte[] {1})),
                Code.UNSUPPORTED,
                "it brings a normalizer, which is not read, and without it the network answers otherwise. Normalize in"
                        + " the pipeline's features and save the network without it.");
    }

    @Test
    void otherEntriesAreRefused() throws IOException {
        refuses(
                with(Map.of("../../evil.txt", new byte[] {1})),
                Code.FILES,
                "it holds '../../evil.txt', which no network has. Give a zip that DL4J's ModelSerializer wrote.");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            many.put("entry" + i, new byte[0]);
        }
        refuses(with(many), Code.FILES, "it has 23 entries. Give a zip that DL4J's ModelSerializer wrote.");
    }

    @Test
    void entriesThatInflatePastTheirCapAreRefused() throws IOException {
        refuses(
                with(Map.of("configuration.json", new byte[(1 << 20) + 1])),
                Code.TOO_LARGE,
                "configuration.json has more than 1048576 bytes. Make the network smaller.");
    }

    @Test
    void whatIsNoSoundNetworkIsRefused() throws IOException {
        String json = new String(entries().get("configuration.json"), StandardCharsets.UTF_8);
        refuses(
                with(Map.of(
                        "configuration.json",
                        json.replace("\"nin\" : 3", "\"nin\" : 30").getBytes(StandardCharsets.UTF_8))),
                Code.PARAMETERS,
                "coefficients.bin: has the shape 1 × 37, the configuration has 145 parameters. Write the bundle again.");
        refuses(
                with(Map.of(
                        "configuration.json",
                        json.replace("layers.BatchNormalization", "layers.VariationalAutoencoder")
                                .getBytes(StandardCharsets.UTF_8))),
                Code.UNSUPPORTED,
                "configuration.json: confs.1.layer is of class org.deeplearning4j.nn.conf.layers.VariationalAutoencoder,"
                        + " which is not supported. Build the network from supported layers, activations, losses and"
                        + " initialisers.");
        Path torn = Files.write(directory.resolve("torn.zip"), new byte[] {'P', 'K', 3, 4, 0, 0});
        refuses(torn, Code.ARCHIVE, "it is no whole zip. Give a zip that DL4J's ModelSerializer wrote.");
        refuses(
                zip("empty.zip", Map.of("updaterState.bin", new byte[] {1})),
                Code.FILES,
                "configuration.json is missing. Give a zip that DL4J's ModelSerializer wrote.");
    }

    private static void refuses(Path file, Code code, String message) {
        assertThatThrownBy(() -> imported(file))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessage(file + ": " + message);
    }

    private static BundleDraft imported(Path file) {
        return ModelImport.run(new ModelImport.Request(
                Origin.DL4J, file, "fraud", "1", INPUTS, null, null, List.of(), 0.25, List.of()));
    }

    private Path with(Map<String, byte[]> others) throws IOException {
        Map<String, byte[]> all = entries();
        all.putAll(others);
        return zip("tampered.zip", all);
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream written = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                written.putNextEntry(new ZipEntry(entry.getKey()));
                written.write(entry.getValue());
                written.closeEntry();
            }
        }
        return file;
    }

    private static double[][] rows(int count, int width) {
        Random random = new Random(SEED);
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static double[][] answers(MultiLayerNetwork network, double[][] rows) {
        double[][] answers = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            try (INDArray row = Nd4j.create(new double[][] {rows[i]})
                    .castTo(network.params().dataType())) {
                answers[i] = network.output(row).toDoubleVector();
            }
        }
        return answers;
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .updater(new Adam(0.01))
                .list(
                        new DenseLayer.Builder()
                                .nIn(3)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build(),
                        new BatchNormalization.Builder().nIn(4).nOut(4).build(),
                        new OutputLayer.Builder()
                                .nIn(4)
                                .nOut(1)
                                .activation(Activation.SIGMOID)
                                .lossFunction(org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction.XENT)
                                .build())
                .build());
        network.init();
        return network;
    }

    private static final class Canary implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }
}
