/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.it.Outcomes.Kind;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Task managers die without a word in the middle of the stream, and nobody who reads what was committed can tell. */
class KillIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_262);
    /** As many as the job needs: whichever is killed, the job is hit, and goes on with the one that replaces it. */
    private static final int TASK_MANAGERS = 2;

    private static final int PAYMENTS = 100_000;
    private static final int SLICE = 5_000;
    /** How far the input runs ahead of what is committed: the job is never done when it is hit. */
    private static final int AHEAD = 20_000;
    /** A task manager is killed when so many outcomes were seen. */
    private static final int[] KILLED_AT = {30_000, 60_000};

    private static final long STEP_MILLIS = 20;
    private static final int DISORDER_MILLIS = 1_900;
    private static final int LATE_MILLIS = 30_000;
    private static final long START_MILLIS =
            Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private int kills;

    @Test
    @Timeout(300)
    void everyEventHasOneOutcomeThoughTaskManagersAreKilled() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                ClusterProcesses cluster = ClusterProcesses.session(directory.resolve("flink"), TASK_MANAGERS)) {
            InferencePlan plan = PaymentPipeline.install(directory.resolve("pipeline"), broker);
            try (Feed feed = new Feed(plan);
                    Outcomes during = new Outcomes(plan);
                    Outcomes after = new Outcomes(plan)) {
                JobClient job = cluster.submit(plan);
                feedAndKill(cluster, feed, during);
                Map<SourcePosition, Replay.Answer> answers = Replay.of(feed, plan, System.currentTimeMillis());
                during.await(answers.size() - PaymentPipeline.PARTITIONS);
                Await.until("every kill restarted the job", LIMIT, () -> cluster.restarts(job.getJobID()) >= kills);
                cluster.drain(directory.resolve("savepoints"));
                job.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

                during.readToEnd();
                after.readToEnd();
                Replay.check(during, answers);
                Replay.check(after, answers);
                during.checkOrder();
                report(answers);
            }
        }
    }

    private void feedAndKill(ClusterProcesses cluster, Feed feed, Outcomes outcomes) throws Exception {
        PaymentStream stream = new PaymentStream(SEED);
        for (int sent = 0; sent < PAYMENTS; sent += SLICE) {
            for (int i = sent; i < sent + SLICE; i++) {
                send(stream, feed, START_MILLIS + i * STEP_MILLIS);
            }
            feed.flush();
            if (kills < KILLED_AT.length && outcomes.count() >= KILLED_AT[kills]) {
                cluster.killTaskManager(kills++);
                cluster.startTaskManager();
            }
            outcomes.await(sent + SLICE - AHEAD);
        }
        assertThat(kills).isEqualTo(KILLED_AT.length);
        long end =
                START_MILLIS + PAYMENTS * STEP_MILLIS + Duration.ofMinutes(10).toMillis();
        for (int partition = 0; partition < PaymentPipeline.PARTITIONS; partition++) {
            feed.send(stream.payment(end, partition));
            feed.send(stream.report(end, partition));
        }
        feed.flush();
    }

    /** One record where a payment should be, often a report besides: most as they should be, some late, some poison. */
    private static void send(PaymentStream stream, Feed feed, long timeMillis) throws IOException {
        int lot = stream.choose(1_000);
        if (lot < 5) {
            feed.send(stream.poison());
        } else {
            feed.send(stream.payment(timeMillis - (lot < 10 ? LATE_MILLIS : stream.choose(DISORDER_MILLIS))));
        }
        if (lot % 6 == 0) {
            feed.send(stream.report(timeMillis - (lot < 30 ? LATE_MILLIS : stream.choose(DISORDER_MILLIS))));
        }
    }

    private void report(Map<SourcePosition, Replay.Answer> answers) {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        answers.values().forEach(answer -> kinds.merge(answer.kind(), 1, Integer::sum));
        assertThat(kinds).as("kinds of outcomes, seed %d", SEED).containsOnlyKeys(Kind.values());
        System.out.println("KILL " + kinds + " kills " + kills);
    }
}
