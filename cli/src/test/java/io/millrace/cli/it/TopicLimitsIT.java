/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.it.Outcomes.Kind;
import io.millrace.cli.it.Outcomes.Outcome;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.run.PipelineRun;
import io.millrace.cli.run.RunResult;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.sink.TopicLimits;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.schema.OutputLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output topics that take less than Kafka's default: the job asks first, and fits its records to them. */
class TopicLimitsIT {

    private static final long SEED = 20_262;
    private static final int TOPIC_BYTES = 24_000;

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void originalThatTheTopicWouldNotTakeComesBackShortenedAndTheJobGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            InferencePlan plan = PaymentPipeline.install(directory.resolve("pipeline"), broker);
            assertThat(TopicLimits.read(plan.spec())).isEqualTo(new TopicLimits.Found(OutputLimits.DEFAULT, null));
            narrow(broker, plan.spec().outputs().deadLetters(), TOPIC_BYTES);
            assertThat(TopicLimits.read(plan.spec()))
                    .isEqualTo(new TopicLimits.Found(OutputLimits.of(TOPIC_BYTES), null));

            byte[] noise = noise(200_000);
            try (Feed feed = new Feed(plan);
                    Outcomes outcomes = new Outcomes(plan)) {
                feed.send(new ProducerRecord<>(PaymentPipeline.PAYMENTS, 0, new byte[] {1}, noise));
                feed.send(new PaymentStream(SEED).payment(System.currentTimeMillis()));
                feed.flush();
                RunResult result = run(plan);
                outcomes.readToEnd();

                assertThat(RestartCount.of("payments")).isZero();
                assertThat(List.of(result.predictions(), result.deadLetters())).containsExactly(1L, 1L);
                Outcome letter = outcomes.byInput().values().stream()
                        .flatMap(List::stream)
                        .filter(outcome -> outcome.kind() == Kind.DEAD_LETTER)
                        .findFirst()
                        .orElseThrow();
                assertThat(letter.record().value()).hasSize(1_024);
                assertThat(letter.header("millrace.truncated")).startsWith("value: 200000 bytes, sha256 ");
            }
            narrow(broker, plan.spec().outputs().late(), 9_000);
            assertThatThrownBy(() -> run(plan))
                    .isInstanceOf(PipelineException.class)
                    .hasMessage("topic '" + plan.spec().outputs().late() + "' takes 9000 bytes (max.message.bytes), and"
                            + " what is refused needs room for its reasons: 16384 bytes in all. Raise it.");
        }
    }

    private RunResult run(InferencePlan plan) throws Exception {
        try (PipelineRun run = PipelineRun.start(plan, directory.resolve("flink"), true)) {
            assertThat(run.doubt()).isNull();
            return run.awaitEnd();
        }
    }

    private static void narrow(EmbeddedBroker broker, String topic, int bytes) throws Exception {
        AlterConfigOp operation = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(operation)))
                    .all()
                    .get();
        }
    }

    /** Bytes that no compression makes smaller. */
    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(SEED).nextBytes(noise);
        return noise;
    }
}
