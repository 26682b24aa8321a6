/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.cli.Millrace;
import io.millrace.cli.handbook.Handbook.Chosen;
import io.millrace.cli.handbook.Handbook.Slice;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.run.PipelineRun;
import io.millrace.cli.run.RunResult;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.cli.topic.TopicReader;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.pipeline.spec.FeatureSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fraud example computes the handbook's own numbers: its features, and with its Keras model its scores. A slice by
 * default, all of it with {@code -Dmillrace.handbook}.
 */
class HandbookIT {

    private static final Path EXAMPLE = Path.of("..", "examples", "fraud");
    private static final Slice SLICE = System.getProperty("millrace.handbook") == null ? Slice.SMALL : Slice.WHOLE;

    private final Handbook handbook = Handbook.locate();

    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheDataSet() {
        assumeThat(handbook.isThere()).as("%s is there", handbook.directory()).isTrue();
    }

    @Test
    @Timeout(600)
    void featuresAndScoresEqualThePublishedOnes() throws Exception {
        Path pipeline = installPipeline();
        execute(
                "model",
                "import",
                "--keras",
                handbook.model().toString(),
                "--pipeline",
                pipeline.toString(),
                "--version",
                "handbook",
                "--alias",
                "champion");
        Path transactions = directory.resolve("transactions.csv");
        Path chargebacks = directory.resolve("chargebacks.csv");
        Chosen chosen = handbook.write(SLICE, transactions, chargebacks);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            InferencePlan plan = InferencePlanner.plan(
                    PipelineFile.read(pipeline, Map.of("KAFKA", broker.bootstrapServers(), "MONITOR_WINDOW", "1d")));
            createTopics(plan);
            send(broker, "card.chargebacks", "chargeback.avsc", chargebacks);
            send(broker, "card.transactions", "transaction.avsc", transactions);
            check(plan, chosen);
        }
    }

    private void check(InferencePlan plan, Chosen chosen) throws Exception {
        RunResult result;
        try (PipelineRun run = PipelineRun.start(plan, directory.resolve("flink"), true)) {
            result = run.awaitEnd();
        }
        HandbookCheck check = new HandbookCheck(
                handbook,
                chosen,
                plan.spec().features().stream().map(FeatureSpec::name).toList());
        try (TopicReader reader = new TopicReader(plan.spec().kafka())) {
            reader.at(List.of(plan.spec().outputs().predictions()), false).toEnd(check::see);
        }
        System.out.println("HANDBOOK " + SLICE + ": " + check + "; " + result);
        assertThat(check.faults()).isEmpty();
        assertThat(List.of(result.events(), result.predictions(), result.deadLetters(), result.late()))
                .as("events, predictions, dead letters, late")
                .containsExactly((long) chosen.all().size(), (long) chosen.all().size(), 0L, 0L);
        assertThat(check.predictions()).isEqualTo(chosen.all().size());
        assertThat(check.rows()).isGreaterThan(10_000);
        assertThat(check.scored()).isGreaterThan(100);
    }

    /** The example without its drift, for which the handbook's model brings no reference. */
    private Path installPipeline() throws IOException {
        Path copy = Files.createDirectories(directory.resolve("fraud"));
        for (String file : List.of("transaction.avsc", "chargeback.avsc")) {
            Files.copy(EXAMPLE.resolve(file), copy.resolve(file));
        }
        String text = Files.readString(EXAMPLE.resolve("pipeline.yaml"))
                .replaceFirst("(?m)^  drift:.*\\R(?:    .*\\R)+", "")
                .replaceAll("(?m)^  - \\{ when: (?:score_)?psi.*\\R", "");
        assertThat(text).doesNotContain("drift:", "psi").contains("performance:", "alerts:");
        return Files.writeString(copy.resolve("pipeline.yaml"), text);
    }

    private static void createTopics(InferencePlan plan) {
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            PipelineTopics.create(plan.spec(), PipelineTopics.all(plan.spec()), admin);
        }
    }

    private static void send(EmbeddedBroker broker, String topic, String schema, Path file) {
        execute(
                "send",
                "-q",
                "-b",
                broker.bootstrapServers(),
                "--topic",
                topic,
                "--schema",
                EXAMPLE.resolve(schema).toString(),
                file.toString());
    }

    private static void execute(String... arguments) {
        assertThat(Millrace.commandLine().execute(arguments))
                .as(String.join(" ", arguments))
                .isZero();
    }
}
