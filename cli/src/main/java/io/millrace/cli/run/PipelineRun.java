/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.cli.local.EmbeddedFlink;
import io.millrace.flink.InferenceJob;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.sink.TopicLimits;
import java.nio.file.Path;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A pipeline under way on a Flink cluster inside this process. */
public final class PipelineRun implements AutoCloseable {

    private final EmbeddedFlink flink;
    private final JobClient job;
    private final OutcomeCount count;
    private final @Nullable Path resumedFrom;
    private final @Nullable String doubt;
    private final long startNanos = System.nanoTime();

    private PipelineRun(
            EmbeddedFlink flink,
            JobClient job,
            OutcomeCount count,
            @Nullable Path resumedFrom,
            @Nullable String doubt) {
        this.flink = flink;
        this.job = job;
        this.count = count;
        this.resumedFrom = resumedFrom;
        this.doubt = doubt;
    }

    /**
     * Starts the job; it goes on from the newest checkpoint under the directory, where there is one.
     *
     * @param directory for checkpoints and temporary files
     * @param toEnd whether the job ends with its input
     */
    public static PipelineRun start(InferencePlan plan, Path directory, boolean toEnd) throws Exception {
        Path checkpoints = directory.resolve("checkpoints");
        Path resumedFrom = Checkpoints.newest(checkpoints);
        TopicLimits.Found found = TopicLimits.read(plan.spec());
        OutcomeCount count = OutcomeCount.begin(plan);
        EmbeddedFlink flink =
                EmbeddedFlink.start(directory, plan.spec().runtime().parallelism(), new Configuration());
        try {
            StreamExecutionEnvironment environment = flink.environment();
            InferenceJob.build(environment, plan.withLimits(found.limits()), toEnd);
            Configuration options = new Configuration();
            if (plan.spec().runtime().checkpoints() == null) {
                options.set(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        checkpoints.toUri().toString());
            }
            if (resumedFrom != null) {
                options.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, resumedFrom.toUri().toString());
            }
            environment.configure(options);
            JobClient job = flink.submit(plan.spec().name());
            return new PipelineRun(flink, job, count, resumedFrom, found.doubt());
        } catch (Exception failed) {
            try {
                flink.close();
            } finally {
                count.close();
            }
            throw failed;
        }
    }

    /** The checkpoint that this run went on from, or null. */
    public @Nullable Path resumedFrom() {
        return resumedFrom;
    }

    /** What is not known of the output topics and was assumed, or null. */
    public @Nullable String doubt() {
        return doubt;
    }

    /** Throws the job's failure, where it has ended with one. */
    public void throwIfFailed() throws Exception {
        if (job.getJobStatus().get() == JobStatus.FAILED) {
            job.getJobExecutionResult().get();
        }
    }

    /** Waits for the job to end, and counts what it made. */
    public RunResult awaitEnd() throws Exception {
        job.getJobExecutionResult().get();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return count.finish(seconds);
    }

    @Override
    public void close() {
        try {
            count.close();
        } finally {
            flink.close();
        }
    }
}
