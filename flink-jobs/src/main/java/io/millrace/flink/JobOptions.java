/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.RuntimeSpec;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** The Flink options of a job: what every Millrace job needs, what the file says, then what it passes through. */
final class JobOptions {

    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

    private JobOptions() {}

    static Configuration of(PipelineSpec spec) {
        RuntimeSpec runtime = spec.runtime();
        Configuration options = new Configuration();
        options.set(PipelineOptions.NAME, spec.name());
        options.set(PipelineOptions.OBJECT_REUSE, true);
        options.set(PipelineOptions.GENERIC_TYPES, false);
        options.set(CoreOptions.DEFAULT_PARALLELISM, runtime.parallelism());
        options.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
        options.set(StateBackendOptions.STATE_BACKEND, runtime.state().name().toLowerCase(java.util.Locale.ROOT));
        checkpointing(spec, options);
        restarts(options);
        runtime.flink().forEach(options::setString);
        return options;
    }

    private static void checkpointing(PipelineSpec spec, Configuration options) {
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, spec.runtime().checkpointEvery());
        options.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                spec.outputs().delivery() == Delivery.EXACTLY_ONCE
                        ? CheckpointingMode.EXACTLY_ONCE
                        : CheckpointingMode.AT_LEAST_ONCE);
        options.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        String directory = spec.runtime().checkpoints();
        if (directory != null) {
            options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
        }
    }

    private static void restarts(Configuration options) {
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(500));
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
    }
}
