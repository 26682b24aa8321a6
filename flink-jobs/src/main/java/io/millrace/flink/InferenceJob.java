/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.flink.sink.TopicLimits;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineFile;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job's entry point on any Flink cluster: {@code --pipeline FILE [--to-end]}. File, schemas and model store are found
 * from where the main class runs: the client, or the job manager in application mode.
 */
public final class InferenceJob {

    private static final Logger LOG = LoggerFactory.getLogger(InferenceJob.class);

    private InferenceJob() {}

    public static void main(String[] arguments) throws Exception {
        ParameterTool parameters = ParameterTool.fromArgs(arguments);
        PipelineDocument document = PipelineFile.read(Path.of(parameters.getRequired("pipeline")), System.getenv());
        InferencePlan plan = InferencePlanner.plan(document);
        TopicLimits.Found found = TopicLimits.read(plan.spec());
        if (found.doubt() != null) {
            LOG.warn("{}", found.doubt());
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        build(environment, plan.withLimits(found.limits()), parameters.has("to-end"));
        environment.execute(plan.spec().name());
    }

    /** Puts the pipeline's options and its graph into an environment, ready to execute. */
    public static void build(StreamExecutionEnvironment environment, InferencePlan plan, boolean toEnd) {
        Configuration options = JobOptions.of(plan.spec());
        environment.configure(options);
        InferenceTopology.build(environment, plan, new KafkaEnds(plan, toEnd));
    }
}
