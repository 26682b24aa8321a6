/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.feature.FeatureDigest;
import io.millrace.feature.FeatureProgram;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.List;

/**
 * What a pipeline asks of its model, known before there is one.
 *
 * @param model the model's name
 * @param store where its versions are
 * @param inputs names of the inputs, in order
 * @param digest digest of what computes the inputs
 * @param spec the pipeline
 * @param layouts the slots of each stream's events
 */
public record FeatureContract(
        String model,
        StorePlan store,
        List<String> inputs,
        String digest,
        PipelineSpec spec,
        List<EventLayout> layouts) {

    public FeatureContract {
        inputs = List.copyOf(inputs);
        layouts = List.copyOf(layouts);
    }

    /**
     * The contract of a document.
     *
     * @throws io.millrace.pipeline.file.PipelineException with every problem of the pipeline and its schemas
     */
    public static FeatureContract of(PipelineDocument document) {
        Problems problems = new Problems();
        StreamSchemas streams = StreamSchemas.read(document, problems);
        document.fail(problems);
        PipelineSpec spec = document.spec();
        FeatureProgram program = FeatureProgram.compile(spec, streams.layouts(), problems);
        StorePlan store = StorePlan.of(document, problems);
        document.fail(problems);
        if (program == null || store == null) {
            throw new IllegalStateException("a document without problems makes no contract");
        }
        return new FeatureContract(
                spec.model().name(),
                store,
                spec.inputs(),
                FeatureDigest.of(spec, streams.layouts()),
                spec,
                streams.layouts());
    }

    /** The features, compiled for one thread. */
    public FeatureProgram compileFeatures() {
        FeatureProgram program = FeatureProgram.compile(spec, layouts, new Problems());
        if (program == null) {
            throw new IllegalStateException("a contract that was checked no longer compiles");
        }
        return program;
    }
}
