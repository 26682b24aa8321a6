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
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.OutputLimits;
import java.util.List;
import java.util.Objects;

/** Makes the plan of a pipeline document, or says everything that is wrong with it. */
public final class InferencePlanner {

    private final PipelineDocument document;
    private final PipelineSpec spec;
    private final Problems problems = new Problems();
    private final StreamSchemas schemas;
    private final List<EventLayout> layouts;

    private InferencePlanner(PipelineDocument document) {
        this.document = document;
        this.spec = document.spec();
        this.schemas = StreamSchemas.read(document, problems);
        this.layouts = schemas.layouts();
    }

    /**
     * The plan of a document.
     *
     * @throws io.millrace.pipeline.file.PipelineException with every problem of the pipeline, its schemas and its model
     */
    public static InferencePlan plan(PipelineDocument document) {
        return new InferencePlanner(document).plan();
    }

    private InferencePlan plan() {
        if (layouts.size() < spec.streams().size() || spec.stream(spec.score()) == null) {
            document.fail(problems);
        }
        checkFields();
        FeatureProgram program = FeatureProgram.compile(spec, layouts, problems);
        String digest = program == null ? "" : FeatureDigest.of(spec, layouts);
        StorePlan store = StorePlan.of(document, problems);
        ModelBinding binding = new ModelBinding(spec, digest, problems);
        ModelVersion model = binding.resolve(store);
        List<ModelVersion> others = model == null ? List.of() : binding.others(Objects.requireNonNull(store));
        document.fail(problems);
        return new InferencePlan(
                spec,
                schemas.texts(),
                layouts,
                scored(),
                Objects.requireNonNull(store),
                Objects.requireNonNull(model),
                others,
                digest,
                OutputLimits.DEFAULT);
    }

    private void checkFields() {
        EventLayout layout = layouts.get(scored());
        spec.outputs().carry().forEach(field -> checkField("outputs.carry", field, layout));
        if (spec.model().canaryBy() != null) {
            checkField("model.canary.by", spec.model().canaryBy(), layout);
        }
        MonitorPlan.check(spec, layouts, scored(), problems);
        if (spec.model().by() != null) {
            checkField("model.by.field", spec.model().by().field(), layout);
        }
    }

    private void checkField(String path, String field, EventLayout layout) {
        if (layout.field(field) == null) {
            List<String> known =
                    layout.fields().stream().map(EventLayout.Field::name).toList();
            problems.add(
                    path,
                    "stream '" + spec.score() + "' has no field '" + field + "'." + Problems.suggest(field, known));
        }
    }

    private int scored() {
        int index = 0;
        while (!spec.streams().get(index).name().equals(spec.score())) {
            index++;
        }
        return index;
    }
}
