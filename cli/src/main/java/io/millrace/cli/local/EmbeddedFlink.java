/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A Flink cluster in this process for one job, with as many slots as it needs; it ends with the job. */
public final class EmbeddedFlink implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long CANCEL_SECONDS = 30;

    private final StreamExecutionEnvironment environment;
    private @Nullable JobClient job;

    private EmbeddedFlink(StreamExecutionEnvironment environment) {
        this.environment = environment;
    }

    /**
     * A cluster that starts when a job is submitted.
     *
     * @param directory for temporary files
     * @param extra options on top of what a cluster in one process needs
     */
    public static EmbeddedFlink start(Path directory, int slots, Configuration extra) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.BIND_HOST, HOST);
        configuration.set(TaskManagerOptions.HOST, HOST);
        configuration.set(JobManagerOptions.BIND_HOST, HOST);
        configuration.set(JobManagerOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_ADDRESS, HOST);
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.addAll(extra);
        return new EmbeddedFlink(StreamExecutionEnvironment.createLocalEnvironment(slots, configuration));
    }

    /** Where a job is built. */
    public StreamExecutionEnvironment environment() {
        return environment;
    }

    /** Submits what was built. */
    public JobClient submit(String name) throws Exception {
        job = environment.executeAsync(name);
        return job;
    }

    /** Cancels the job, where it still runs, and waits until it is gone. */
    @Override
    public void close() {
        JobClient running = job;
        job = null;
        if (running == null) {
            return;
        }
        try {
            if (!running.getJobStatus().get(CANCEL_SECONDS, TimeUnit.SECONDS).isGloballyTerminalState()) {
                running.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
                running.getJobExecutionResult().get(CANCEL_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException | IllegalStateException ended) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
