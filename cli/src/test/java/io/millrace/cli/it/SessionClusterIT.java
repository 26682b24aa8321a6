/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.flink.plan.InferencePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs come and go in one task manager of a session cluster that has only Flink and ND4J, each from the job jar with a class
 * loader of its own: native code is loaded once for all of them, and what their classes took is given back.
 */
class SessionClusterIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_266);
    private static final int SUBMISSIONS = Boolean.getBoolean("millrace.nightly") ? 10 : 4;
    /**
     * The first job's, since the threads that ND4J starts when it is loaded remember who called; and the latest one's, in
     * Flink's threads until they do something else.
     */
    private static final long MOST_HELD = 2;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PAYMENTS = 400;
    private static final long STEP_MILLIS = 100;

    @TempDir
    private Path directory;

    private long clockMillis = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();

    @Test
    @Timeout(600)
    void jobsComeAndGoInOneTaskManager() throws Exception {
        FlinkHome home = FlinkHome.install(directory.resolve("home"));
        Path pipelines = directory.resolve("pipelines");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            PaymentPipeline.install(pipelines, broker);
            Path file = PaymentPipeline.fileAtParallelism(1, "payments", pipelines);
            Path otherFile = PaymentPipeline.fileAtParallelism(1, "others", pipelines);
            InferencePlan plan = PaymentPipeline.plan(file, broker);
            InferencePlan otherPlan = PaymentPipeline.plan(otherFile, broker);
            Map<String, String> variables = Map.of("KAFKA", broker.bootstrapServers());
            try (Feed feed = new Feed(plan);
                    Outcomes outcomes = new Outcomes(plan);
                    Outcomes otherOutcomes = new Outcomes(otherPlan);
                    ClusterProcesses cluster =
                            ClusterProcesses.session(directory.resolve("flink"), home, variables, 1, 2)) {
                PaymentStream stream = new PaymentStream(SEED);
                for (int submission = 0; submission < SUBMISSIONS; submission++) {
                    send(feed, stream);
                    String job = cluster.run(home, List.of("--pipeline", file.toString()));
                    outcomes.await(outcomes.count() + PAYMENTS / 2);
                    cluster.cancel(job);
                    Await.until(
                            "no more than " + MOST_HELD + " class loaders held after job " + (submission + 1),
                            LIMIT,
                            () -> cluster.jobClassLoaders(0) <= MOST_HELD);
                }
                send(feed, stream);
                cluster.run(home, List.of("--pipeline", file.toString()));
                cluster.run(home, List.of("--pipeline", otherFile.toString()));
                outcomes.await(outcomes.count() + PAYMENTS / 2);
                otherOutcomes.await(PAYMENTS / 2);
            }
        }
    }

    private void send(Feed feed, PaymentStream stream) throws Exception {
        for (int i = 0; i < PAYMENTS; i++) {
            clockMillis += STEP_MILLIS;
            feed.send(stream.payment(clockMillis, i % PaymentPipeline.PARTITIONS));
            feed.send(stream.report(clockMillis, i % PaymentPipeline.PARTITIONS));
        }
        feed.flush();
    }
}
