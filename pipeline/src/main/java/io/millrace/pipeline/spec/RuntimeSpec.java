/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the job runs.
 *
 * @param checkpoints where checkpoints go, a URI; null: the cluster's own setting
 * @param flink Flink options that pass through
 */
public record RuntimeSpec(
        int parallelism,
        Duration checkpointEvery,
        StateBackend state,
        @Nullable String checkpoints,
        Map<String, String> flink)
        implements Serializable {

    public static final int DEFAULT_PARALLELISM = 1;
    public static final Duration DEFAULT_CHECKPOINT_EVERY = Duration.ofSeconds(1);

    public RuntimeSpec {
        flink = Map.copyOf(flink);
    }

    /** Options by name only: they may hold secrets. */
    @Override
    public String toString() {
        return "RuntimeSpec[parallelism=" + parallelism + ", checkpointEvery=" + checkpointEvery + ", state=" + state
                + ", checkpoints=" + checkpoints + ", flink=" + flink.keySet() + "]";
    }

    /** Where keyed state lives. */
    public enum StateBackend {
        HASHMAP,
        ROCKSDB
    }
}
