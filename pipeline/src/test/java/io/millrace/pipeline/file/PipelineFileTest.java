/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.ExplainSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import io.millrace.pipeline.spec.ModelSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.RuntimeSpec;
import io.millrace.pipeline.spec.SignatureSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.TopicSpec;
import io.millrace.pipeline.spec.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void aSequenceIsOneFeatureForEachStepOldestFirst() {
        PipelineSpec spec = Pipelines.read(Pipelines.resource("minimal.yaml")
                                .replace(
                                        "features:\n",
                                        "features:\n  recent: { last: amount, by: card, over: 7d, count: 3 }\n")
                        + "inputs: [[recent], [amount]]\n")
                .spec();

        assertThat(spec.inputs()).containsExactly("recent[0]", "recent[1]", "recent[2]", "amount");
        assertThat(spec.features())
                .extracting(FeatureSpec::name)
                .containsExactly("recent[0]", "recent[1]", "recent[2]", "amount");
        assertThat(spec.features().get(0))
                .isEqualTo(new FeatureSpec.Aggregate(
                        "recent[0]",
                        AggregateFunction.LAST,
                        "amount",
                        List.of("card"),
                        WEEK,
                        Duration.ZERO,
                        null,
                        null,
                        null,
                        null,
                        3,
                        2));
        assertThat(spec.features().get(0).writtenName()).isEqualTo("recent");
    }

    @Test
    void minimalFileHasTheRecordedDefaults() {
        PipelineSpec spec = Pipelines.read(Pipelines.resource("minimal.yaml")).spec();

        assertThat(spec)
                .isEqualTo(new PipelineSpec(
                        "card-fraud",
                        List.of(new StreamSpec(
                                "transactions",
                                "card.transactions",
                                "transaction.avsc",
                                WireFormat.BINARY,
                                null,
                                new EventTimeSpec(
                                        "tx_time",
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(30),
                                        Duration.ZERO,
                                        Duration.ofMinutes(5)))),
                        "transactions",
                        Order.ARRIVAL,
                        List.of(new FeatureSpec.Value("amount", "amount", null)),
                        List.of("amount"),
                        new ModelSpec(
                                "card-fraud",
                                "champion",
                                "file:models",
                                Duration.ofMinutes(5),
                                256,
                                Duration.ofMillis(2),
                                null,
                                Duration.ofSeconds(30),
                                null,
                                null,
                                null,
                                SignatureSpec.OFF),
                        null,
                        null,
                        List.of(),
                        null,
                        new OutputSpec("card-fraud", Delivery.EXACTLY_ONCE, WireFormat.SINGLE_OBJECT, true, List.of()),
                        new TopicSpec(2, 1, null),
                        new RuntimeSpec(1, Duration.ofSeconds(1), RuntimeSpec.StateBackend.HASHMAP, null, Map.of()),
                        Map.of("bootstrap.servers", "localhost:9092")));
    }

    @Test
    void monitorHasTheRecordedDefaults() {
        PipelineSpec spec = Pipelines.read(Pipelines.resource("minimal.yaml") + "monitor: {}\n")
                .spec();

        assertThat(spec.monitor()).isEqualTo(new MonitorSpec(Duration.ofMinutes(1), true));
    }

    @Test
    void everyBuiltKeyReachesTheSpec() {
        PipelineDocument document = Pipelines.read(Pipelines.resource("whole.yaml"));

        assertThat(document.problems()).isEmpty();
        assertThat(document.spec())
                .isEqualTo(new PipelineSpec(
                        "card-fraud",
                        streams(),
                        "transactions",
                        Order.EVENT_TIME,
                        features(),
                        List.of("ratio", "amount"),
                        new ModelSpec(
                                "fraud",
                                "2024.11",
                                "file:/srv/models",
                                Duration.ofSeconds(30),
                                64,
                                Duration.ZERO,
                                "score >= 0.5",
                                Duration.ofMinutes(2),
                                "card.country",
                                null,
                                null,
                                new SignatureSpec(
                                        SignatureSpec.Mode.REQUIRE,
                                        List.of("file:keys/release.pem", "file:/etc/millrace/keys/old.pem"))),
                        null,
                        new MonitorSpec(Duration.ofHours(1), false),
                        List.of(),
                        new ExplainSpec(ExplainSpec.Method.KERNEL_SHAP, "score >= 0.8", 3, Duration.ofMillis(20)),
                        new OutputSpec(
                                "fraud.v2",
                                Delivery.AT_LEAST_ONCE,
                                WireFormat.BINARY,
                                false,
                                List.of("amount", "card.country")),
                        new TopicSpec(6, 3, Duration.ofDays(30)),
                        new RuntimeSpec(
                                4,
                                Duration.ofMillis(500),
                                RuntimeSpec.StateBackend.ROCKSDB,
                                "file:state/checkpoints",
                                Map.of("taskmanager.memory.managed.fraction", "0.6", "s3.secret-key", "s3-sesame")),
                        kafka()));
    }

    private static List<StreamSpec> streams() {
        return List.of(
                new StreamSpec(
                        "transactions",
                        "card.transactions",
                        "transaction.avsc",
                        WireFormat.CONFLUENT,
                        "transaction_id",
                        new EventTimeSpec(
                                "tx_time",
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(10))),
                new StreamSpec(
                        "chargebacks",
                        "card.chargebacks",
                        "schemas/chargeback.avsc",
                        WireFormat.SINGLE_OBJECT,
                        null,
                        new EventTimeSpec(
                                "meta.reported_at",
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ZERO,
                                Duration.ofMinutes(5))));
    }

    private static List<FeatureSpec> features() {
        Missing mean = new Missing.Mean();
        Missing reject = new Missing.Reject();
        return List.of(
                new FeatureSpec.Value("amount", "amount", null),
                new FeatureSpec.Value("constant", "1", null),
                new FeatureSpec.Value("ratio", "amount / mean_7d", new Missing.Replace(1.5)),
                aggregate("count_7d", AggregateFunction.COUNT, null, null, null),
                new FeatureSpec.Aggregate(
                        "sum_1h",
                        AggregateFunction.SUM,
                        "amount",
                        List.of("customer_id", "terminal_id"),
                        Duration.ofHours(1),
                        Duration.ofMillis(500),
                        null,
                        null,
                        null,
                        mean),
                aggregate("mean_7d", AggregateFunction.MEAN, "amount", null, reject),
                aggregate("min_7d", AggregateFunction.MIN, "amount", "amount > 0", null),
                aggregate("max_7d", AggregateFunction.MAX, "amount", null, null),
                aggregate("variance_7d", AggregateFunction.VARIANCE, "amount", null, null),
                aggregate("stddev_7d", AggregateFunction.STDDEV, "amount", null, null),
                aggregate("last_amount", AggregateFunction.LAST, "amount", null, null),
                new FeatureSpec.Aggregate(
                        "frauds_7d",
                        AggregateFunction.SUM,
                        "fraud",
                        List.of("terminal_id"),
                        WEEK,
                        WEEK,
                        "chargebacks",
                        "tx_time",
                        null,
                        null));
    }

    private static FeatureSpec aggregate(
            String name,
            AggregateFunction function,
            @Nullable String operand,
            @Nullable String where,
            @Nullable Missing missing) {
        return new FeatureSpec.Aggregate(
                name, function, operand, List.of("customer_id"), WEEK, Duration.ZERO, null, null, where, missing);
    }

    private static Map<String, String> kafka() {
        return Map.of(
                "bootstrap.servers",
                "broker-1:9092,broker-2:9092",
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"app\""
                        + " password=\"kafka-sesame\";",
                "ssl.keystore.password",
                "keystore-sesame",
                "ssl.endpoint.identification.algorithm",
                "",
                "linger.ms",
                "1");
    }

    @Test
    void specAndDocumentDoNotShowSecrets() {
        PipelineDocument document = Pipelines.read(Pipelines.resource("whole.yaml"));

        assertThat(document.toString() + document.spec() + document.spec().runtime())
                .doesNotContain("sesame");
    }

    @Test
    void readsFromTheFileSystem(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("pipeline.yaml");
        Files.writeString(file, "\uFEFF" + Pipelines.resource("minimal.yaml"));

        PipelineDocument document = PipelineFile.read(file, Map.of());

        assertThat(document.file()).isEqualTo(file);
        assertThat(document.directory()).isEqualTo(directory);
        assertThat(document.text()).isEqualTo(Pipelines.resource("minimal.yaml"));
    }

    @Test
    void fileThatIsNotThere(@TempDir Path directory) {
        Path file = directory.resolve("none.yaml");

        assertThatThrownBy(() -> PipelineFile.read(file, Map.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage(file + ": no such file. Give the path of a pipeline file.");
    }

    @Test
    void fileThatIsNoText(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("pipeline.yaml");
        Files.write(file, "pipeline: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PipelineFile.read(file, Map.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage(file + ": not UTF-8 text. Save it as UTF-8.");
    }

    @Test
    void fileThatIsTooLarge(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("pipeline.yaml");
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> PipelineFile.read(file, Map.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage(file + ": larger than 1 MiB, which no pipeline file is. Give the pipeline file.");
    }

    @Test
    void directoryInsteadOfFile(@TempDir Path directory) {
        assertThatThrownBy(() -> PipelineFile.read(directory, Map.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage(directory + ": cannot be read: Is a directory.");
    }

    @Test
    void laterProblemsAreShownWithTheFilesOwnInLineOrder() {
        PipelineDocument document = Pipelines.read(Pipelines.resource("minimal.yaml") + "explain: {}\n");
        Problems later = new Problems();
        later.add("model.use", "no version 'champion'.");
        later.add("features.amount.value", "no field 'amount'.");

        assertThatThrownBy(() -> document.fail(later))
                .isInstanceOf(PipelineException.class)
                .hasMessage("""
                        pipeline.yaml:10:20 features.amount.value: no field 'amount'.
                        pipeline.yaml:11:1 model.use: no version 'champion'.
                        pipeline.yaml:13:1 explain.method: missing. Add it: how the contributions of features are found.""");
    }

    @Test
    void nothingToFailIsFine() {
        Pipelines.read(Pipelines.resource("minimal.yaml")).fail(new Problems());
    }

    @Test
    void problemIsLocatedAtItsPathOrTheNearestAncestor() {
        PipelineDocument document = Pipelines.read(Pipelines.resource("whole.yaml"));

        assertThat(List.of(
                        document.locate(new Problem("streams.chargebacks.event_time.field", "message")),
                        document.locate(new Problem("streams.chargebacks.event_time", "message")),
                        document.locate(new Problem("streams.chargebacks.id", "message")),
                        document.locate(new Problem("outputs.carry[1]", "message")),
                        document.locate(new Problem("outputs.carry[9]", "message")),
                        document.locate(new Problem("kafka.sasl.jaas.config", "message")),
                        document.locate(new Problem("dead_letters.budget", "message"))))
                .containsExactly(
                        "pipeline.yaml:16:14 streams.chargebacks.event_time.field: message",
                        "pipeline.yaml:15:5 streams.chargebacks.event_time: message",
                        "pipeline.yaml:11:3 streams.chargebacks.id: message",
                        "pipeline.yaml:49:19 outputs.carry[1]: message",
                        "pipeline.yaml:49:3 outputs.carry[9]: message",
                        "pipeline.yaml:63:21 kafka.sasl.jaas.config: message",
                        "pipeline.yaml:1:1 dead_letters.budget: message");
    }
}
