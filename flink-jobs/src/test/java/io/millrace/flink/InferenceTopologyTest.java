/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.schema.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole graph on a small cluster: what leaves is a function of what entered. */
@Timeout(600)
class InferenceTopologyTest {

    /** Every monitor but latency, which is a matter of the clock. */
    static final UnaryOperator<String> TIMELESS = text -> text.replace(
                    "latency: true",
                    "latency: false, quality: { missing: < 1%, range: learned, unseen: < 1% }, segments: [customer], performance: { exact: 1000, estimate: cbpe, late: {} },"
                            + " value: { tp: amount - 1, fp: -2, fn: -amount, capacity: 9/m, bounds: [-50, 50] },"
                            + " fairness: { by: [customer], min_rows: 3 },"
                            + " drift: { metrics: [psi, ks, wasserstein, chi2_p], min_rows: 5 }")
            + "labels: { stream: reports, join: shop, field: severity, horizon: 2m, missing_means: negative }\n"
            + "explain: { method: occlusion, when: score >= 0.4, top: 3, budget: 60s }\n"
            + "alerts: [{ when: psi > 0.1, for: 1 window, min_rows: 5 }, { when: recall < 0.9, for: 1 window, min_rows: 1 }]\n";

    @TempDir
    static Path directory;

    private static InferencePlan plan;

    @BeforeAll
    static void publish() {
        PipelineDocument document = PaymentPipeline.install(directory, PaymentPipeline.EVENT_TIME, TIMELESS);
        FeatureContract contract = FeatureContract.of(document);
        PaymentModel.profiled(directory.resolve("models"), contract.inputs(), contract.digest());
        plan = InferencePlanner.plan(document);
    }

    @Test
    void anyParallelismAndAnyInterleavingLeaveTheSameRecords() throws Exception {
        long seed = 11;
        List<String> alone = texts(run(plan, new PaymentFeed(seed), 1, 1, PartitionedSource.Failure.NEVER));
        assertThat(topics(alone)).contains("payments.signals", "payments.alerts", "payments.late");
        String explained = HexFormat.of().formatHex("occlusion".getBytes(StandardCharsets.UTF_8));
        assertThat(alone).anyMatch(text -> text.startsWith("payments.predictions ") && text.contains(explained));
        for (int parallelism : new int[] {2, 4}) {
            List<String> spread =
                    texts(run(plan, new PaymentFeed(seed), parallelism, parallelism, PartitionedSource.Failure.NEVER));
            assertThat(spread).as("seed %d, parallelism %d", seed, parallelism).isEqualTo(alone);
        }
    }

    @Test
    void everyPaymentHasExactlyOneOutcome() throws Exception {
        long seed = 12;
        List<OutputRecord> left = run(plan, new PaymentFeed(seed), 2, 5, PartitionedSource.Failure.NEVER);
        List<String> outcomes = left.stream()
                .filter(record -> !Set.of("payments.signals", "payments.alerts").contains(record.topic()))
                .map(MemoryEnds::origin)
                .filter(outcome -> outcome.startsWith("payments "))
                .toList();
        assertThat(outcomes).as("seed %d", seed).doesNotHaveDuplicates();
        assertThat(outcomes).hasSize(PaymentFeed.PARTITIONS * PaymentFeed.RECORDS);
    }

    @Test
    void aRestartFromACheckpointSaysWhatWouldHaveBeenSaid() throws Exception {
        long seed = 13;
        List<OutputRecord> uninterrupted = run(plan, new PaymentFeed(seed), 2, 1, PartitionedSource.Failure.NEVER);
        List<OutputRecord> restarted = run(plan, new PaymentFeed(seed), 2, 1, PartitionedSource.Failure.ONCE);
        assertThat(PartitionedSource.Failure.DUE).as("it failed").isFalse();
        assertThat(new HashSet<>(texts(restarted))).as("seed %d", seed).isEqualTo(new HashSet<>(texts(uninterrupted)));
    }

    /** What leaves a job on a small cluster that reads a feed to its end. */
    static List<OutputRecord> run(
            InferencePlan plan, PaymentFeed feed, int parallelism, long interleaving, PartitionedSource.Failure failure)
            throws Exception {
        Configuration options = JobOptions.of(plan.spec());
        options.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(1));
        options.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        options.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, options);
        InferenceTopology.build(environment, plan, new MemoryEnds(plan, feed, interleaving, failure));
        environment.execute(plan.spec().name());
        return MemoryEnds.left();
    }

    private static Set<String> topics(List<String> texts) {
        return texts.stream().map(text -> text.split(" ", 2)[0]).collect(Collectors.toSet());
    }

    private static List<String> texts(List<OutputRecord> records) {
        return records.stream().map(MemoryEnds::text).sorted().toList();
    }
}
