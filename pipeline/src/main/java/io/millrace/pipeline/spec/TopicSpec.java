/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How {@code millrace topics --create} makes topics that are missing.
 *
 * @param retention null: the broker's default
 */
public record TopicSpec(
        int partitions, int replication, @Nullable Duration retention) implements Serializable {

    public static final int DEFAULT_PARTITIONS = 2;
    public static final int DEFAULT_REPLICATION = 1;
}
