/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import io.millrace.cli.demo.PaymentRecords;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.run.PipelineRun;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.cli.topic.TopicReader;
import io.millrace.example.fraud.GeneratedEvent;
import io.millrace.example.fraud.GeneratorOptions;
import io.millrace.example.fraud.TransactionGenerator;
import io.millrace.flink.control.ControlLog;
import io.millrace.flink.control.KafkaControlLog;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.schema.Contracts;
import io.millrace.schema.text.RecordText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What changing champions costs those who wait for a prediction: one job under a steady load, by turns left alone and given a
 * change a second. The latency of a payment is from the instant at which it was due to be sent, which is its event time, to
 * its scoring; commits come on top at the pace of checkpoints, in both cases.
 */
final class SwapRounds {

    private static final long SEED = 43;
    private static final long WARM_MILLIS = 20_000;
    private static final long SWAP_EVERY_MILLIS = 1_000;
    private static final long DRAIN_MILLIS = 60_000;

    private final Path example;
    private final Path directory;
    private final String bootstrap;
    private final double perSecond;
    private final long phaseMillis;

    /**
     * @param perSecond payments a second
     * @param phaseMillis how long each of a round's two phases lasts
     */
    SwapRounds(Path example, Path directory, String bootstrap, double perSecond, long phaseMillis) {
        this.example = example;
        this.directory = directory;
        this.bootstrap = bootstrap;
        this.perSecond = perSecond;
        this.phaseMillis = phaseMillis;
    }

    /** The latencies of each phase: quiet, changing, quiet, changing … */
    List<Latencies> run(int rounds) throws Exception {
        PipelineDocument document = document();
        FeatureContract contract = FeatureContract.of(document);
        List<ModelVersion> champions = List.of(publish(contract, "b"), publish(contract, "a"));
        contract.store().open().alias("card-fraud", "champion", "a");
        InferencePlan plan = InferencePlanner.plan(document);
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            PipelineTopics.create(plan.spec(), PipelineTopics.all(plan.spec()), admin);
        }
        try (PipelineRun run = PipelineRun.start(plan, directory.resolve("swaps"), false);
                ControlLog control = KafkaControlLog.of(plan.spec()).open("bench")) {
            long start = System.currentTimeMillis() + WARM_MILLIS;
            int sent = send(plan, start, start + 2L * rounds * phaseMillis, control, champions);
            List<Latencies> phases = read(plan, start, 2 * rounds, sent);
            run.throwIfFailed();
            return phases;
        }
    }

    private PipelineDocument document() throws Exception {
        Path store = Files.createDirectories(directory.resolve("swap-models"));
        Path file = directory.resolve("swaps.yaml");
        String text = Files.readString(example.resolve("pipeline.yaml"))
                .replace("order: event_time", "order: arrival")
                .replace("schema: ", "schema: " + example.toAbsolutePath() + "/")
                .replace("file:models", store.toUri().toString());
        Files.writeString(file, text);
        return PipelineFile.read(file, Map.of("KAFKA", bootstrap, "MONITOR_WINDOW", "1h"));
    }

    /** The example's champion as another version, for the features as they are under {@code order: arrival}. */
    private ModelVersion publish(FeatureContract contract, String version) {
        Bundle bundle = new LocalModelStore(example.resolve("models")).open(champion());
        Description of = bundle.description();
        Description description = new Description(
                of.name(),
                version,
                of.task(),
                of.inputs(),
                of.outputs(),
                of.labels(),
                contract.digest(),
                of.threshold(),
                of.training(),
                of.metrics(),
                of.seeds());
        return contract.store()
                .open()
                .publish(new BundleDraft(
                        description,
                        bundle.preprocessing(),
                        bundle.network().configuration(),
                        bundle.network().weights(),
                        bundle.golden(),
                        bundle.card()));
    }

    private ModelVersion champion() {
        return new LocalModelStore(example.resolve("models")).resolve("card-fraud", "champion");
    }

    /** Each payment at its own time, and in every second phase a change of champions a second; how many were due. */
    @SuppressWarnings("FutureReturnValueIgnored") // the count of what comes out is checked
    private int send(InferencePlan plan, long start, long end, ControlLog control, List<ModelVersion> champions)
            throws Exception {
        PaymentRecords records = new PaymentRecords(example);
        long first = start - WARM_MILLIS;
        TransactionGenerator generator =
                new TransactionGenerator(GeneratorOptions.history(SEED, first).liveFrom(first, perSecond));
        Map<String, Object> properties = new HashMap<>(plan.spec().kafka());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        int counted = 0;
        int swaps = 0;
        long nextSwap = start;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (true) {
                GeneratedEvent event = generator.next();
                long due = event.eventTimeMillis();
                if (due >= end) {
                    return counted;
                }
                for (long early = due - System.currentTimeMillis();
                        early > 0;
                        early = due - System.currentTimeMillis()) {
                    Thread.sleep(early);
                }
                if (due >= nextSwap) {
                    nextSwap += SWAP_EVERY_MILLIS;
                    if (isChanging(phase(due, start))) {
                        ModelVersion champion = champions.get(swaps % champions.size());
                        control.append(new ModelCommand("bench-" + swaps++, Action.PROMOTE, champion, null, 0));
                    }
                }
                producer.send(records.of(event));
                counted += event instanceof GeneratedEvent.Transaction && due >= start ? 1 : 0;
            }
        }
    }

    private int phase(long due, long start) {
        return (int) Math.floorDiv(due - start, phaseMillis);
    }

    static boolean isChanging(int phase) {
        return Math.floorMod(phase, 2) == 1;
    }

    private List<Latencies> read(InferencePlan plan, long start, int phases, int expected) {
        List<Latencies> all = new ArrayList<>();
        for (int phase = 0; phase < phases; phase++) {
            all.add(new Latencies());
        }
        int[] read = new int[1];
        long deadline = System.currentTimeMillis() + DRAIN_MILLIS;
        try (TopicReader reader = new TopicReader(plan.spec().kafka())) {
            reader.at(List.of(plan.spec().outputs().predictions()), false);
            while (read[0] < expected && System.currentTimeMillis() < deadline) {
                reader.next(record -> read[0] += take(record, start, all));
            }
        }
        if (read[0] != expected) {
            throw new IllegalStateException(read[0] + " of " + expected + " payments were scored: no figure");
        }
        return all;
    }

    private int take(ConsumerRecord<byte[], byte[]> record, long start, List<Latencies> phases) {
        GenericRecord prediction =
                Objects.requireNonNull(RecordText.read(record.value(), Contracts.prediction(), true), "a prediction");
        long due = (long) prediction.get("event_time");
        if (due < start) {
            return 0;
        }
        String scoredAt =
                new String(record.headers().lastHeader("millrace.scored_at").value(), StandardCharsets.UTF_8);
        String version =
                ((GenericRecord) prediction.get("model")).get("version").toString();
        phases.get(phase(due, start)).add(Long.parseLong(scoredAt) - due, version);
        return 1;
    }

    /** The latencies of one phase, in milliseconds, and the versions that scored in it. */
    static final class Latencies {

        private final List<Long> millis = new ArrayList<>();
        private final Set<String> versions = new HashSet<>();

        void add(long latencyMillis, String version) {
            millis.add(latencyMillis);
            versions.add(version);
        }

        int count() {
            return millis.size();
        }

        int versions() {
            return versions.size();
        }

        long quantile(double share) {
            List<Long> sorted = millis.stream().sorted().toList();
            return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
        }
    }
}
