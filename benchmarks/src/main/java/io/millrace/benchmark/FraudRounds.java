/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import io.millrace.cli.local.EmbeddedFlink;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.run.PipelineRun;
import io.millrace.cli.run.RunResult;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.cli.topic.TopicReader;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.bundle.Bundle;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.schema.Contracts;
import io.millrace.schema.text.RecordText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;

/** Rounds over one loaded topic of payments: each case once a round, in alternating order. */
final class FraudRounds {

    static final String PASS_THROUGH = "Flink pass-through of the same topic";
    private static final String OURS = "our pipeline: 18 features, score, exactly once";
    private static final String PLAIN = "the same without monitors, labels and alerts";
    private static final String DL4J = "DL4J alone, the same rows, batches of 128";
    private static final String COMPILED = "compiled plan alone, the same rows";

    private final Path example;
    private final Path directory;
    private final String bootstrap;
    private final int events;
    private final Figures figures = new Figures();
    private List<float[]> rows = List.of();

    FraudRounds(Path example, Path directory, String bootstrap, int events) {
        this.example = example;
        this.directory = directory;
        this.bootstrap = bootstrap;
        this.events = events;
    }

    Figures run(int rounds) throws Exception {
        InferencePlan first = plan("0", true);
        createInputs(first);
        LoadedTopics.fill(example, first.spec().kafka(), events);
        for (int round = 1; round <= rounds; round++) {
            if (round % 2 == 1) {
                ours(round, true);
                ours(round, false);
                passThrough(round);
            } else {
                passThrough(round);
                ours(round, false);
                ours(round, true);
            }
            scoringAlone(first);
        }
        return figures;
    }

    private void createInputs(InferencePlan plan) {
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            PipelineTopics.create(
                    plan.spec(),
                    plan.spec().streams().stream().map(stream -> stream.topic()).toList(),
                    admin);
        }
    }

    /** The example's pipeline with names, topics and a group of its own for this round. */
    private InferencePlan plan(String name, boolean monitored) throws Exception {
        Path file = directory.resolve("pipeline-" + name + ".yaml");
        String written = Files.readString(example.resolve("pipeline.yaml"));
        String text = (monitored ? written : unmonitored(written))
                .replace("pipeline: card-fraud", "pipeline: card-fraud-" + name)
                .replace("prefix: card-fraud", "prefix: card-fraud-" + name)
                .replace("schema: ", "schema: " + example.toAbsolutePath() + "/")
                .replace("file:models", "file:" + example.toAbsolutePath() + "/models");
        Files.writeString(file, text);
        return InferencePlanner.plan(PipelineFile.read(file, Map.of("KAFKA", bootstrap, "MONITOR_WINDOW", "1d")));
    }

    /** The file without its sections from labels to alerts. */
    private static String unmonitored(String text) {
        int from = text.indexOf("\nlabels:");
        int to = text.indexOf("\noutputs:");
        if (from < 0 || to < from) {
            throw new IllegalStateException("the example's file no longer has labels before outputs");
        }
        return text.substring(0, from) + text.substring(to);
    }

    private void ours(int round, boolean monitored) throws Exception {
        String name = round + (monitored ? "" : "-plain");
        InferencePlan plan = plan(name, monitored);
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            PipelineTopics.create(plan.spec(), plan.spec().outputs().topics(), admin);
        }
        try (PipelineRun run = PipelineRun.start(plan, directory.resolve("run-" + name), true)) {
            RunResult result = run.awaitEnd();
            require(result.predictions() == result.events() && result.events() == events, "our pipeline", result);
        }
        String topic = plan.spec().outputs().predictions();
        figures.add(monitored ? OURS : PLAIN, Throughput.of(writtenAt(topic)));
        if (rows.isEmpty()) {
            rows = vectors(topic, plan);
        }
    }

    private void passThrough(int round) throws Exception {
        String to = "copy-" + round;
        Map<String, String> kafka = Map.of("bootstrap.servers", bootstrap);
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            admin.create(List.of(to), 2, 1, Map.of());
        }
        Configuration options = new Configuration();
        options.set(PipelineOptions.OBJECT_REUSE, true);
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        try (EmbeddedFlink flink = EmbeddedFlink.start(directory.resolve(to), 1, options)) {
            PassThrough.build(flink.environment(), kafka, "card.transactions", to);
            flink.submit(to).getJobExecutionResult().get();
        }
        long[] times = writtenAt(to);
        require(times.length == events, "pass-through", times.length);
        figures.add(PASS_THROUGH, Throughput.of(times));
    }

    private void scoringAlone(InferencePlan plan) {
        Bundle bundle = plan.store().open().open(plan.model());
        figures.add(DL4J, RawNetwork.dl4j(bundle, rows));
        figures.add(COMPILED, RawNetwork.compiledPlan(bundle, rows));
    }

    private long[] writtenAt(String topic) {
        List<Long> times = new ArrayList<>();
        try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
            reader.at(List.of(topic), false).toEnd(record -> times.add(record.timestamp()));
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** The model's inputs of the first predictions, as they were logged. */
    private List<float[]> vectors(String topic, InferencePlan plan) {
        int[] slots = plan.inputSlots();
        List<float[]> vectors = new ArrayList<>();
        try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
            reader.at(List.of(topic), false).toEnd(record -> {
                if (vectors.size() < 20_000) {
                    vectors.add(vector(record.value(), slots));
                }
            });
        }
        return vectors;
    }

    private static float[] vector(byte[] value, int[] slots) {
        GenericRecord prediction =
                Objects.requireNonNull(RecordText.read(value, Contracts.prediction(), true), "a prediction");
        ByteBuffer bytes = ((ByteBuffer) prediction.get("features")).order(ByteOrder.LITTLE_ENDIAN);
        float[] row = new float[slots.length];
        for (int i = 0; i < row.length; i++) {
            float feature = bytes.getFloat(bytes.position() + slots[i] * Float.BYTES);
            row[i] = Float.isNaN(feature) ? 0 : feature;
        }
        return row;
    }

    private void require(boolean holds, String what, Object found) {
        if (!holds) {
            throw new IllegalStateException(what + " made " + found + " of " + events + " events: no figure");
        }
    }
}
