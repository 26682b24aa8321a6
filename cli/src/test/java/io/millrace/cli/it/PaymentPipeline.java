/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.PipelineSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Brings the pipeline in {@code payments.yaml} to life: its files, a small dense model, its topics. */
final class PaymentPipeline {

    static final String PAYMENTS = "payments";
    static final String REPORTS = "reports";
    static final int PARTITIONS = 4;

    private static final String FILE = "payments.yaml";
    private static final String PAYMENT_SCHEMA = "payment.avsc";
    private static final String REPORT_SCHEMA = "report.avsc";
    private static final long NETWORK_SEED = 7;
    private static final int HIDDEN = 8;
    private static final double TYPICAL = 30;

    private PaymentPipeline() {}

    /** The plan of the pipeline against a broker that has its topics. */
    static InferencePlan install(Path directory, EmbeddedBroker broker) throws IOException {
        return install(directory, broker, text -> text);
    }

    /** The same with its file changed. */
    static InferencePlan install(Path directory, EmbeddedBroker broker, UnaryOperator<String> change)
            throws IOException {
        for (String name : List.of(FILE, PAYMENT_SCHEMA, REPORT_SCHEMA)) {
            try (InputStream resource = resource(name)) {
                Files.copy(resource, Files.createDirectories(directory).resolve(name));
            }
        }
        Path file = directory.resolve(FILE);
        Files.writeString(file, change.apply(Files.readString(file)));
        PipelineDocument document = read(file, broker);
        publishModel(directory.resolve("models"), document.spec());
        return withTopics(document);
    }

    /** The plan of the pipeline that was installed in a directory, with its models, at another parallelism and broker. */
    static InferencePlan atParallelism(int parallelism, Path directory, EmbeddedBroker broker) throws IOException {
        return plan(fileAtParallelism(parallelism, "payments", directory), broker);
    }

    /** The pipeline that was installed in a directory, at another parallelism and under another name. */
    static Path fileAtParallelism(int parallelism, String name, Path directory) throws IOException {
        String text = Files.readString(directory.resolve(FILE))
                .replace("pipeline: payments", "pipeline: " + name)
                .replace("prefix: payments", "prefix: " + name)
                .replaceFirst("parallelism: [0-9]+", "parallelism: " + parallelism);
        return Files.writeString(directory.resolve(name + '-' + parallelism + ".yaml"), text);
    }

    /** The plan of a pipeline file against a broker, which gets the topics that it lacks. */
    static InferencePlan plan(Path file, EmbeddedBroker broker) throws IOException {
        return withTopics(read(file, broker));
    }

    private static PipelineDocument read(Path file, EmbeddedBroker broker) throws IOException {
        return PipelineFile.read(file, Map.of("KAFKA", broker.bootstrapServers()));
    }

    private static InferencePlan withTopics(PipelineDocument document) {
        InferencePlan plan = InferencePlanner.plan(document);
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            PipelineTopics.create(plan.spec(), PipelineTopics.all(plan.spec()), admin);
        }
        return plan;
    }

    static Schema paymentSchema() throws IOException {
        return schema(PAYMENT_SCHEMA);
    }

    static Schema reportSchema() throws IOException {
        return schema(REPORT_SCHEMA);
    }

    private static Schema schema(String name) throws IOException {
        try (InputStream resource = resource(name)) {
            return new Schema.Parser().parse(resource);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(PaymentPipeline.class.getResourceAsStream(name), name);
    }

    private static void publishModel(Path root, PipelineSpec spec) {
        publishModel(root, spec, 1);
        new LocalModelStore(root).alias(spec.model().name(), spec.model().use(), "1");
    }

    /** Publishes another version, with weights of its own. */
    static ModelVersion publishModel(Path root, PipelineSpec spec, int version) {
        return publishModel(root, spec, version, HIDDEN, false);
    }

    /** Publishes a version of another model, with weights of its own. */
    static ModelVersion publishModel(Path root, PipelineSpec spec, String name, int version) {
        return publish(root, spec, name, version, HIDDEN, false);
    }

    /**
     * Publishes another version, with weights of its own and so many hidden units.
     *
     * @param normalized whether the hidden layer is normalized, for which there is no compiled plan: DL4J scores
     */
    static ModelVersion publishModel(Path root, PipelineSpec spec, int version, int hidden, boolean normalized) {
        return publish(root, spec, spec.model().name(), version, hidden, normalized);
    }

    private static ModelVersion publish(
            Path root, PipelineSpec spec, String name, int version, int hidden, boolean normalized) {
        List<String> inputs = spec.inputs();
        MultiLayerNetwork network =
                network(inputs.size(), hidden, normalized, NETWORK_SEED + version + name.hashCode());
        return new LocalModelStore(root)
                .publish(new BundleDraft(
                        new Description(
                                name,
                                Integer.toString(version),
                                Task.BINARY,
                                inputs,
                                1,
                                List.of(),
                                null,
                                0.5,
                                null,
                                Map.of(),
                                Map.of("network", NETWORK_SEED)),
                        preprocessing(inputs.size()),
                        network.getLayerWiseConfigurations().toJson(),
                        network.params().toFloatVector(),
                        null,
                        "# Payment risk\n\nRandom weights, for tests.\n"));
    }

    private static Preprocessing preprocessing(int inputs) {
        double[] typical = new double[inputs];
        Arrays.fill(typical, TYPICAL);
        return new Preprocessing(typical.clone(), new Normalizer.Standardize(typical, typical));
    }

    private static MultiLayerNetwork network(int inputs, int hidden, boolean normalized, long seed) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(hidden)
                        .hasLayerNorm(normalized)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(hidden)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }
}
