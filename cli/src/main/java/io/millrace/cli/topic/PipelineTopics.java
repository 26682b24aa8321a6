/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.local.TopicAdmin;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The topics of a pipeline: those that it reads, then those that it writes. */
public final class PipelineTopics {

    private PipelineTopics() {}

    public static Set<String> all(PipelineSpec spec) {
        Set<String> topics = new LinkedHashSet<>();
        spec.streams().stream().map(StreamSpec::topic).forEach(topics::add);
        topics.addAll(spec.outputs().topics());
        return topics;
    }

    public static Set<String> missing(PipelineSpec spec, TopicAdmin admin) {
        Set<String> missing = all(spec);
        missing.removeAll(admin.list());
        return missing;
    }

    /** Makes topics as the pipeline's {@code topics:} section says. */
    public static void create(PipelineSpec spec, Collection<String> topics, TopicAdmin admin) {
        Duration retention = spec.topics().retention();
        admin.create(
                topics,
                spec.topics().partitions(),
                spec.topics().replication(),
                retention == null ? Map.of() : Map.of("retention.ms", Long.toString(retention.toMillis())));
    }
}
