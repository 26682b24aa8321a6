/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.flink.control.ControlLog;
import io.millrace.flink.control.KafkaControlLog;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.rollout.Decision;
import io.millrace.model.rollout.Decision.Outcome;
import io.millrace.model.rollout.Ledger;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.record.ModelVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Champions change again and again in one task manager, between models that run as a compiled plan and models that DL4J
 * runs: what one leaves behind, the process would show after many.
 */
class SwapEnduranceIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_265);
    private static final int SWAPS = Boolean.getBoolean("millrace.nightly") ? 200 : 50;
    /** After so many changes everything that stays has come. */
    private static final int WARM = 20;
    /** Memory and classes may grow by this share after that. */
    private static final double FLAT = 0.05;

    private static final int VERSIONS = 4;
    /** Four megabytes of weights: a few that are not given back are more than {@link #FLAT}. */
    private static final int HIDDEN = 100_000;

    private static final int PAYMENTS_PER_SWAP = 100;
    private static final long STEP_MILLIS = 50;
    private static final long START_MILLIS =
            Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private int decided;

    @Test
    @Timeout(600)
    void memoryAndClassesStayFlatOverManySwaps() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                ClusterProcesses cluster = ClusterProcesses.session(directory.resolve("flink"), 1)) {
            PaymentPipeline.install(directory.resolve("pipeline"), broker);
            InferencePlan plan = PaymentPipeline.atParallelism(1, directory.resolve("pipeline"), broker);
            List<ModelVersion> versions = publish(plan);
            try (Feed feed = new Feed(plan);
                    Outcomes outcomes = new Outcomes(plan);
                    ControlLog control = KafkaControlLog.of(plan.spec()).open("endurance-control");
                    ControlLog decisions = KafkaControlLog.of(plan.spec()).open("endurance-decisions")) {
                cluster.submit(plan);
                Ledger ledger = new Ledger(plan.modelNames());
                PaymentStream stream = new PaymentStream(SEED);
                long warmBytes = 0;
                double warmClasses = 0;
                for (int swap = 0; swap < SWAPS; swap++) {
                    if (swap == WARM) {
                        warmBytes = cluster.residentBytes(0);
                        warmClasses = classes(cluster);
                    }
                    sendSlice(feed, stream, swap);
                    ModelVersion version = versions.get(swap % VERSIONS);
                    control.append(new ModelCommand("swap-" + swap, Action.PROMOTE, version, null, 0));
                    awaitDecision(decisions, ledger, swap + 1);
                    outcomes.await(swap * PAYMENTS_PER_SWAP);
                }
                long bytes = cluster.residentBytes(0);
                double classes = classes(cluster);
                System.out.printf(
                        "ENDURANCE %d swaps: %.1f MB resident after %d, %.1f MB at the end; %.0f and %.0f classes%n",
                        SWAPS, warmBytes / 1e6, WARM, bytes / 1e6, warmClasses, classes);
                assertThat((double) bytes).isLessThan(warmBytes * (1 + FLAT));
                assertThat(classes).isLessThan(warmClasses * (1 + FLAT));
            }
        }
    }

    private List<ModelVersion> publish(InferencePlan plan) {
        Path store = Path.of(URI.create(plan.store().uri()));
        List<ModelVersion> versions = new ArrayList<>();
        for (int i = 0; i < VERSIONS; i++) {
            versions.add(PaymentPipeline.publishModel(store, plan.spec(), i + 2, HIDDEN, i % 2 == 1));
        }
        return versions;
    }

    /** As much event time as takes the fence of the change before into the past. */
    private static void sendSlice(Feed feed, PaymentStream stream, int slice) throws Exception {
        for (int i = 0; i < PAYMENTS_PER_SWAP; i++) {
            long time = START_MILLIS + ((long) slice * PAYMENTS_PER_SWAP + i) * STEP_MILLIS;
            feed.send(stream.payment(time, i % PaymentPipeline.PARTITIONS));
            feed.send(stream.report(time, i % PaymentPipeline.PARTITIONS));
        }
        feed.flush();
    }

    private void awaitDecision(ControlLog log, Ledger ledger, int count) throws Exception {
        Await.until("decision " + count, LIMIT, () -> {
            log.readOn((position, entry, fault) -> {
                for (Decision decision : ledger.apply(Objects.requireNonNull(entry, fault))) {
                    assertThat(decision.outcome()).as("%s", decision).isEqualTo(Outcome.ACTIVE);
                    decided++;
                }
            });
            return decided == count;
        });
    }

    /** Flink asks its task managers for metrics only when somebody wants to know, and answers when it knows. */
    private static double classes(ClusterProcesses cluster) throws Exception {
        double[] found = new double[2];
        Await.until("the count of classes", LIMIT, () -> {
            found[0] = cluster.taskManagerMetric("Status.JVM.ClassLoader.ClassesLoaded");
            found[1] = cluster.taskManagerMetric("Status.JVM.ClassLoader.ClassesUnloaded");
            return !Double.isNaN(found[0] + found[1]);
        });
        return found[0] - found[1];
    }
}
