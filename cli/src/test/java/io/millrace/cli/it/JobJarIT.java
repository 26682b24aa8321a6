/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job jar is whole: a cluster that has only Flink and ND4J runs it, deployed as {@code docker-compose.yml} does. */
class JobJarIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_263);
    private static final int PAYMENTS = 2_000;
    private static final long STEP_MILLIS = 100;
    private static final long START_MILLIS =
            Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    @Timeout(240)
    void runsInApplicationMode() throws Exception {
        Path pipeline = directory.resolve("pipeline");
        FlinkHome home = FlinkHome.install(directory.resolve("home"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            InferencePlan plan = PaymentPipeline.install(pipeline, broker);
            Map<String, String> variables = Map.of("KAFKA", broker.bootstrapServers());
            List<String> arguments =
                    List.of("--pipeline", pipeline.resolve("payments.yaml").toString());
            try (Feed feed = new Feed(plan);
                    Outcomes outcomes = new Outcomes(plan);
                    ClusterProcesses cluster =
                            ClusterProcesses.application(directory.resolve("flink"), home, variables, 2, arguments)) {
                send(feed);
                Map<SourcePosition, Replay.Answer> answers = Replay.of(feed, plan, System.currentTimeMillis());
                outcomes.await(answers.size() - PaymentPipeline.PARTITIONS);
                cluster.drain(directory.resolve("savepoints"));
                outcomes.await(answers.size());
                Replay.check(outcomes, answers);
            }
        }
    }

    /** The last record of each partition lies far behind the others, and lets them go. */
    private static void send(Feed feed) throws IOException {
        PaymentStream stream = new PaymentStream(SEED);
        for (int i = 0; i < PAYMENTS; i++) {
            feed.send(stream.payment(START_MILLIS + i * STEP_MILLIS));
        }
        long end =
                START_MILLIS + PAYMENTS * STEP_MILLIS + Duration.ofMinutes(10).toMillis();
        for (int partition = 0; partition < PaymentPipeline.PARTITIONS; partition++) {
            feed.send(stream.payment(end, partition));
            feed.send(stream.report(end, partition));
        }
        feed.flush();
    }
}
