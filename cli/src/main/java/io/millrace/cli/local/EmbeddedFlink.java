/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** A Flink cluster in this process for one job, with as many slots as it needs; it ends with the job. */
public final class EmbeddedFlink implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StreamExecutionEnvironment environment;
    private final Duration patience;
    private @Nullable JobClient job;
    private @Nullable MiniCluster cluster;

    private EmbeddedFlink(StreamExecutionEnvironment environment, Duration patience) {
        this.environment = environment;
        this.patience = patience;
    }

    /**
     * A cluster that starts when a job is submitted.
     *
     * @param directory for temporary files
     * @param extra options on top of what a cluster in one process needs
     */
    public static EmbeddedFlink start(Path directory, int slots, Configuration extra) throws IOException {
        return start(directory, slots, extra, PATIENCE);
    }

    static EmbeddedFlink start(Path directory, int slots, Configuration extra, Duration patience) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(WebOptions.TMP_DIR, temporary.toString());
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
        return new EmbeddedFlink(StreamExecutionEnvironment.createLocalEnvironment(slots, configuration), patience);
    }

    /** Where a job is built. */
    public StreamExecutionEnvironment environment() {
        return environment;
    }

    /** Submits what was built. */
    public JobClient submit(String name) throws Exception {
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        Configuration configuration =
                Configuration.fromMap(environment.getConfiguration().toMap());
        job = LocalExecutor.createWithFactory(configuration, this::cluster)
                .execute(graph, configuration, EmbeddedFlink.class.getClassLoader())
                .get();
        return job;
    }

    private MiniCluster cluster(MiniClusterConfiguration configuration) {
        cluster = new MiniCluster(configuration);
        return cluster;
    }

    /**
     * Cancels the job, where it still runs, and waits until it and its cluster are gone.
     *
     * @throws CommandException when they do not end in time
     */
    @Override
    public void close() {
        MiniCluster used = cluster;
        JobClient running = job;
        cluster = null;
        job = null;
        if (used != null) {
            Uninterrupted.run(() -> close(used, running));
        }
    }

    private void close(MiniCluster used, @Nullable JobClient running) {
        boolean jobEnded = running == null || !used.isRunning() || endsInTime(cancel(running));
        boolean clusterEnded = endsInTime(used.closeAsync());
        if (!jobEnded || !clusterEnded) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "Flink: the " + (jobEnded ? "cluster" : "job") + " was stopped, but did not end within "
                            + patience.toSeconds() + " s. It goes with this process; what hangs is in the log, with"
                            + " MILLRACE_LOG=info.");
        }
    }

    private static CompletableFuture<?> cancel(JobClient running) {
        return running.getJobStatus()
                .thenCompose(status -> status.isGloballyTerminalState()
                        ? CompletableFuture.completedFuture(status)
                        : running.cancel()
                                .thenCompose(accepted -> running.getJobExecutionResult())
                                .thenApply(result -> status));
    }

    private boolean endsInTime(CompletableFuture<?> end) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stuck) {
            return false;
        } catch (ExecutionException cancelledOrFailed) {
            return !(cancelledOrFailed.getCause() instanceof TimeoutException);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
