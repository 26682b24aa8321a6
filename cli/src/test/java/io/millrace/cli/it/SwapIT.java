/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.run.PipelineRun;
import io.millrace.flink.control.ControlLog;
import io.millrace.flink.control.KafkaControlLog;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.rollout.Decision;
import io.millrace.model.rollout.Decision.Outcome;
import io.millrace.model.rollout.Ledger;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Champions change while events flow, some of their bundles are broken, and task managers are killed in the middle of a
 * change: every event has one outcome, its version is a function of its time, and another job at another parallelism that is
 * given the same fences makes the same bytes.
 */
class SwapIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_264);
    private static final int PAYMENTS = 60_000;
    private static final int PAYMENTS_PER_REPORT = 6;
    private static final int SLICE = 3_000;
    private static final int AHEAD = 9_000;
    /** A swap per slice; these have a broken bundle. */
    private static final List<Integer> BROKEN = List.of(4, 9, 14);
    /** These name the time from which they hold. */
    private static final List<Integer> FENCED = List.of(3, 13);
    /** In these slices a task manager is killed right after the command. */
    private static final List<Integer> KILLED_IN = List.of(6, 12);

    private static final int WIDER = 4;

    private static final List<String> SHOPS = List.of("s0", "s1", "s2");
    private static final long STEP_MILLIS = 20;
    private static final int DISORDER_MILLIS = 1_900;
    private static final long START_MILLIS =
            Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    /** Far enough behind the last event to release everything before. */
    private static final long END_MILLIS =
            START_MILLIS + PAYMENTS * STEP_MILLIS + Duration.ofMinutes(10).toMillis();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final List<ModelCommand> commands = new ArrayList<>();
    private final List<Decision> active = new ArrayList<>();
    private int kills;

    @Test
    @Timeout(300)
    void theVersionOfAnEventIsAFunctionOfItsTime() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                ClusterProcesses cluster = ClusterProcesses.session(directory.resolve("flink"), 2)) {
            InferencePlan plan = install(broker);
            try (Feed feed = new Feed(plan);
                    Outcomes outcomes = new Outcomes(plan);
                    ControlLog control = KafkaControlLog.of(plan.spec()).open("swap-it")) {
                JobClient job = cluster.submit(plan);
                feedAndSwap(cluster, plan, feed, outcomes, control);
                Ledger ledger = decided(plan);
                Map<SourcePosition, Replay.Answer> answers = Replay.of(feed, plan, System.currentTimeMillis(), ledger);
                outcomes.await(answers.size() - PaymentPipeline.PARTITIONS);
                Await.until("every kill restarted the job", LIMIT, () -> cluster.restarts(job.getJobID()) >= kills);
                cluster.drain(directory.resolve("savepoints"));
                job.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                outcomes.readToEnd();
                Replay.check(outcomes, answers);
                outcomes.checkOrder();
                report(answers);
                assertThat(predictionsOfAWiderJob(feed))
                        .as("predictions at parallelism %d, seed %d", WIDER, SEED)
                        .isEqualTo(predictions(outcomes));
            }
        }
    }

    /** A few shops have models of their own: one from the beginning, others while the job runs. */
    private InferencePlan install(EmbeddedBroker broker) throws IOException {
        InferencePlan plan = PaymentPipeline.install(
                directory.resolve("pipeline"),
                broker,
                text -> text.replaceFirst("(?m)^model: \\{", "model: { by: { field: shop, max_loaded: 3 },"));
        Path store = Path.of(URI.create(plan.store().uri()));
        ModelVersion shop = PaymentPipeline.publishModel(
                store, plan.spec(), plan.modelNames().of(SHOPS.get(0)), 1);
        plan.store().open().alias(shop.name(), plan.spec().model().use(), shop.version());
        return InferencePlanner.plan(PipelineFile.read(
                directory.resolve("pipeline/payments.yaml"), Map.of("KAFKA", broker.bootstrapServers())));
    }

    /** What a job makes of the same records on another broker, when all changes were decided before the first event. */
    private List<String> predictionsOfAWiderJob(Feed feed) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("other-kafka"), 0)) {
            InferencePlan plan = PaymentPipeline.atParallelism(WIDER, directory.resolve("pipeline"), broker);
            try (Outcomes outcomes = new Outcomes(plan);
                    ControlLog control = KafkaControlLog.of(plan.spec()).open("swap-it-wider");
                    PipelineRun run = PipelineRun.start(plan, directory.resolve("wider"), false);
                    Feed again = new Feed(plan)) {
                for (Decision decision : active) {
                    Preparation change = Objects.requireNonNull(decision.preparation());
                    control.append(new ModelCommand(
                            decision.command().id(),
                            Action.PROMOTE,
                            change.regime().champion(),
                            change.fenceMillis(),
                            0));
                }
                assertThat(decisions(plan, new Ledger(plan.modelNames()), active.size())
                                .values())
                        .extracting(Decision::outcome)
                        .containsOnly(Outcome.ACTIVE);
                feed.forEach((partition, records) -> records.forEach(again::send));
                again.flush();
                outcomes.await(feed.count(PaymentPipeline.PAYMENTS) - PaymentPipeline.PARTITIONS);
                run.throwIfFailed();
                return predictions(outcomes);
            }
        }
    }

    /** The values of all predictions but the last of each partition, which may still be held for order; sorted. */
    private static List<String> predictions(Outcomes outcomes) {
        return outcomes.byInput().values().stream()
                .map(seen -> seen.get(0))
                .filter(outcome -> outcome.kind() == Outcomes.Kind.PREDICTION)
                .filter(outcome -> (long) outcome.prediction().get("event_time") < END_MILLIS)
                .map(outcome -> HexFormat.of().formatHex(outcome.record().value()))
                .sorted()
                .toList();
    }

    private void feedAndSwap(
            ClusterProcesses cluster, InferencePlan plan, Feed feed, Outcomes outcomes, ControlLog control)
            throws Exception {
        PaymentStream stream = new PaymentStream(SEED);
        for (int slice = 0; slice * SLICE < PAYMENTS; slice++) {
            ModelCommand command = command(plan, slice);
            commands.add(command);
            control.append(command);
            if (KILLED_IN.contains(slice)) {
                cluster.killTaskManager(kills++);
                cluster.startTaskManager();
            }
            for (int i = slice * SLICE; i < (slice + 1) * SLICE; i++) {
                feed.send(stream.payment(START_MILLIS + i * STEP_MILLIS - stream.choose(DISORDER_MILLIS)));
                if (i % PAYMENTS_PER_REPORT == 0) {
                    feed.send(stream.report(START_MILLIS + i * STEP_MILLIS - stream.choose(DISORDER_MILLIS)));
                }
            }
            feed.flush();
            outcomes.await((slice + 1) * SLICE - AHEAD);
        }
        for (int partition = 0; partition < PaymentPipeline.PARTITIONS; partition++) {
            feed.send(stream.payment(END_MILLIS, partition));
            feed.send(stream.report(END_MILLIS, partition));
        }
        feed.flush();
    }

    /** Mostly the next version, at a time that the job chooses; now and then back, or at a time of ours. */
    private ModelCommand command(InferencePlan plan, int slice) throws IOException {
        String id = "swap-" + slice;
        if (slice % 7 == 5) {
            return new ModelCommand(id, Action.ROLLBACK, null, null, 0);
        }
        Path store = Path.of(URI.create(plan.store().uri()));
        String value = slice % 4 == 3 ? SHOPS.get(slice / 4 % SHOPS.size()) : Ledger.OWN;
        ModelVersion version = PaymentPipeline.publishModel(
                store, plan.spec(), plan.modelNames().of(value), slice + 2);
        if (BROKEN.contains(slice)) {
            damage(store.resolve(version.name()).resolve(version.version()).resolve("coefficients.bin"));
        }
        Long fence = FENCED.contains(slice) ? START_MILLIS + (slice + 4) * SLICE * STEP_MILLIS : null;
        return new ModelCommand(id, Action.PROMOTE, version, fence, 0);
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[new Random(SEED).nextInt(bytes.length)] ^= 4;
        Files.write(file, bytes);
    }

    /** What holds when, after everything was decided; the broken ones were refused, and nothing else for that reason. */
    private Ledger decided(InferencePlan plan) throws Exception {
        Ledger ledger = new Ledger(plan.modelNames());
        Map<String, Decision> decisions = decisions(plan, ledger, commands.size());
        for (int slice = 0; slice < commands.size(); slice++) {
            Decision decision = decisions.get("swap-" + slice);
            assertThat(decision.outcome() == Outcome.REJECTED)
                    .as("%s, seed %d", decision, SEED)
                    .isEqualTo(BROKEN.contains(slice));
            if (decision.outcome() == Outcome.ACTIVE) {
                active.add(decision);
            }
        }
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        decisions.values().forEach(decision -> outcomes.merge(decision.outcome(), 1, Integer::sum));
        assertThat(outcomes.get(Outcome.ACTIVE))
                .as("%s, seed %d", outcomes, SEED)
                .isGreaterThan(10);
        System.out.println("SWAP " + outcomes + " kills " + kills);
        return ledger;
    }

    /** The decisions on so many commands, by the command's id. */
    private static Map<String, Decision> decisions(InferencePlan plan, Ledger ledger, int count) throws Exception {
        Map<String, Decision> decisions = new HashMap<>();
        try (ControlLog log = KafkaControlLog.of(plan.spec()).open("swap-it-decisions")) {
            Await.until("a decision on every command", LIMIT, () -> {
                log.readOn((position, entry, fault) -> {
                    for (Decision decision : ledger.apply(Objects.requireNonNull(entry, fault))) {
                        decisions.put(decision.command().id(), decision);
                    }
                });
                return decisions.size() == count;
            });
        }
        return decisions;
    }

    private static void report(Map<SourcePosition, Replay.Answer> answers) {
        Map<String, Integer> versions = new TreeMap<>();
        answers.values().forEach(answer -> versions.merge(answer.model(), 1, Integer::sum));
        System.out.println("SWAP predictions by version " + versions);
        assertThat(versions).hasSizeGreaterThan(6);
    }
}
