/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one pipeline file says, in the file's order.
 *
 * @param name the pipeline's name; prefix of uids, topics and transactional ids
 * @param streams at least one, in the file's order, which also breaks ties in event time
 * @param score the name of the stream whose events are scored
 * @param features in the order of the model's inputs
 * @param inputs names of the features that feed the model, in order; all of them unless the file chose
 * @param labels where the truth comes from; null: nowhere
 * @param monitor null when the file asks for no monitoring
 * @param alerts when somebody is told; empty: never
 * @param kafka client properties that pass through, {@code bootstrap_servers} included under its Kafka name
 */
public record PipelineSpec(
        String name,
        List<StreamSpec> streams,
        String score,
        Order order,
        List<FeatureSpec> features,
        List<String> inputs,
        ModelSpec model,
        @Nullable LabelSpec labels,
        @Nullable MonitorSpec monitor,
        List<AlertSpec> alerts,
        @Nullable ExplainSpec explain,
        OutputSpec outputs,
        TopicSpec topics,
        RuntimeSpec runtime,
        Map<String, String> kafka)
        implements Serializable {

    public PipelineSpec {
        streams = List.copyOf(streams);
        features = List.copyOf(features);
        inputs = List.copyOf(inputs);
        alerts = List.copyOf(alerts);
        kafka = Map.copyOf(kafka);
    }

    /** The same pipeline with other client properties. */
    public PipelineSpec withKafka(Map<String, String> properties) {
        return new PipelineSpec(
                name,
                streams,
                score,
                order,
                features,
                inputs,
                model,
                labels,
                monitor,
                alerts,
                explain,
                outputs,
                topics,
                runtime,
                properties);
    }

    /** The name alone: client properties may hold secrets. */
    @Override
    public String toString() {
        return "PipelineSpec[" + name + "]";
    }

    /** The stream of that name, or null. */
    public @Nullable StreamSpec stream(String streamName) {
        return streams.stream()
                .filter(stream -> stream.name().equals(streamName))
                .findFirst()
                .orElse(null);
    }
}
