/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.it.Outcomes.Kind;
import io.millrace.cli.it.Outcomes.Outcome;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.run.PipelineRun;
import io.millrace.cli.run.RunResult;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No record stops the job, none comes back other than it was sent, and none harms another. */
class PoisonIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_261);
    private static final int GOOD = 10_000;
    private static final int PAYMENTS_PER_REPORT = 10;
    private static final int POISON = 1_000;
    private static final long STEP_MILLIS = 300;
    private static final int DISORDER_MILLIS = 1_900;

    private final long now = System.currentTimeMillis();

    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void poisonComesBackAndHarmsNothing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            InferencePlan plan = PaymentPipeline.install(directory.resolve("pipeline"), broker);
            try (Feed feed = new Feed(plan);
                    Outcomes outcomes = new Outcomes(plan)) {
                send(feed);
                RunResult result = run(plan);
                outcomes.readToEnd();

                assertThat(RestartCount.of("payments")).isZero();
                assertThat(List.of(result.events(), result.predictions(), result.deadLetters(), result.late()))
                        .as("events, predictions, dead letters, late; seed %d", SEED)
                        .containsExactly(GOOD + POISON + 1L, (long) GOOD, POISON + 1L, 0L);
                Replay.check(outcomes, Replay.of(feed, plan, now));
                outcomes.byInput().forEach((position, seen) -> checkBytes(feed, position, seen.get(0)));
            }
        }
    }

    private RunResult run(InferencePlan plan) throws Exception {
        try (PipelineRun run = PipelineRun.start(plan, directory.resolve("flink"), true)) {
            assertThat(ListeningSockets.of(ProcessHandle.current().pid()))
                    .hasSizeGreaterThan(2)
                    .allMatch(socket -> socket.getAddress().isLoopbackAddress());
            return run.awaitEnd();
        }
    }

    /** Good records of the last hour or so in the order of their times, give or take; the others anywhere between. */
    private void send(Feed feed) throws IOException {
        PaymentStream stream = new PaymentStream(SEED);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            long time = now - (GOOD - i) * STEP_MILLIS;
            records.add(stream.payment(time - stream.choose(DISORDER_MILLIS)));
            if (i % PAYMENTS_PER_REPORT == 0) {
                records.add(stream.report(time - stream.choose(DISORDER_MILLIS)));
            }
        }
        for (int i = 0; i < POISON; i++) {
            records.add(stream.choose(records.size()), stream.poison());
        }
        records.add(GOOD / 2, stream.payment(now + Duration.ofHours(23).toMillis()));
        records.forEach(feed::send);
        feed.flush();
    }

    /** A dead letter is the record that was sent, with headers of ours after its own. */
    private static void checkBytes(Feed feed, SourcePosition position, Outcome outcome) {
        if (outcome.kind() != Kind.DEAD_LETTER) {
            return;
        }
        ProducerRecord<byte[], byte[]> input =
                feed.record(new TopicPartition(position.topic(), position.partition()), position.offset());
        assertThat(outcome.record().key()).as("key of %s", position).isEqualTo(input.key());
        assertThat(outcome.record().value()).as("value of %s", position).isEqualTo(input.value());
        List<Header> headers = List.of(outcome.record().headers().toArray());
        List<Header> own = List.of(input.headers().toArray());
        assertThat(headers.subList(0, own.size())).as("headers of %s", position).isEqualTo(own);
        assertThat(headers.subList(own.size(), headers.size()))
                .as("added headers of %s", position)
                .isNotEmpty()
                .allMatch(header -> header.key().startsWith("millrace.dlq."));
    }
}
