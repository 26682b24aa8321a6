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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics of a pipeline: those that it reads, then those that it writes. */
public final class PipelineTopics {

    private static final Map<String, String> KEPT_FOR_EVER = Map.of("retention.ms", "-1", "retention.bytes", "-1");

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

    /** Makes topics as the pipeline's {@code topics:} section says; the control topic with one partition, kept for ever. */
    public static void create(PipelineSpec spec, Collection<String> topics, TopicAdmin admin) {
        Duration retention = spec.topics().retention();
        String control = spec.outputs().control();
        if (topics.contains(control)) {
            admin.create(List.of(control), 1, spec.topics().replication(), KEPT_FOR_EVER);
        }
        admin.create(
                topics.stream().filter(topic -> !topic.equals(control)).toList(),
                spec.topics().partitions(),
                spec.topics().replication(),
                retention == null ? Map.of() : Map.of("retention.ms", Long.toString(retention.toMillis())));
    }
}
