/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.feature.Dependencies;
import io.millrace.feature.FeatureDigest;
import io.millrace.feature.FeatureProgram;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.schema.EventDecoder;
import java.util.List;
import java.util.Set;

/**
 * What a pipeline asks of its model, known before there is one.
 *
 * @param model the model's name
 * @param store where its versions are
 * @param inputs names of the inputs, in order
 * @param digest digest of what computes the inputs
 * @param spec the pipeline
 * @param schemas the Avro schema of each stream, as JSON, in the file's order
 * @param layouts the slots of each stream's events, in the same order
 */
public record FeatureContract(
        String model,
        StorePlan store,
        List<String> inputs,
        String digest,
        PipelineSpec spec,
        List<String> schemas,
        List<EventLayout> layouts) {

    public FeatureContract {
        inputs = List.copyOf(inputs);
        schemas = List.copyOf(schemas);
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
                streams.texts(),
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

    /** The decoder of one stream, for one thread. */
    public EventDecoder decoder(int stream) {
        return EventDecoder.of(spec.streams().get(stream), stream, schemas.get(stream), layouts.get(stream));
    }

    /** The index of the stream whose events are scored. */
    public int scored() {
        return spec.streams().stream().map(StreamSpec::name).toList().indexOf(spec.score());
    }

    /** The names of the features, in the order in which they stand in a vector. */
    public List<String> features() {
        return spec.features().stream().map(FeatureSpec::name).toList();
    }

    /** Where in a vector each value of a bundle's flat row stands. */
    public int[] inputSlots(Bundle bundle) {
        return bundle.inputs().stream().mapToInt(features()::indexOf).toArray();
    }

    /** Whether a feature depends on other events than its own. */
    public boolean isKept(String feature) {
        Set<String> needed = new Dependencies(spec, layouts).of(List.of(feature));
        return spec.features().stream()
                .anyMatch(each -> each instanceof FeatureSpec.Aggregate && needed.contains(each.name()));
    }

    /**
     * A version of a model, held against this contract, examined and ready to score.
     *
     * @throws io.millrace.model.ModelException when it is not there, is another by its digest, or does not fit
     */
    public ScoringProgram openModel(ModelVersion version) {
        return ModelBinding.open(spec, digest, store.open().open(version));
    }
}
