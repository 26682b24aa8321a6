/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.feature.FeatureProgram;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.explain.Explainer;
import io.millrace.model.rollout.ModelNames;
import io.millrace.model.score.ScoringProgram;
import io.millrace.model.score.ScoringRule;
import io.millrace.monitor.alert.AlertRule;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.FieldText;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.ExplainSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.ModelChoiceSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.AlertEncoder;
import io.millrace.schema.EventDecoder;
import io.millrace.schema.OutputLimits;
import io.millrace.schema.PredictionEncoder;
import io.millrace.schema.RefusalEncoder;
import io.millrace.schema.SignalEncoder;
import io.millrace.schema.control.ModelEventEncoder;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A checked pipeline, ready to run anywhere: names are resolved, the model's version is chosen. A Flink function carries it
 * to the worker and compiles what it needs when it opens.
 *
 * @param spec what was written
 * @param schemas the Avro schema of each stream, as JSON, in the file's order
 * @param layouts the slots of each stream's events, in the file's order
 * @param scored the index of the stream whose events are scored
 * @param store where its versions are
 * @param model the version that scores
 * @param others the versions of the models that a field chooses, by name; empty where one model scores everything
 * @param featureDigest digest of what computes the inputs
 * @param limits the largest record that the output topics take
 */
public record InferencePlan(
        PipelineSpec spec,
        List<String> schemas,
        List<EventLayout> layouts,
        int scored,
        StorePlan store,
        ModelVersion model,
        List<ModelVersion> others,
        String featureDigest,
        OutputLimits limits)
        implements Serializable {

    public InferencePlan {
        schemas = List.copyOf(schemas);
        layouts = List.copyOf(layouts);
        others = List.copyOf(others);
    }

    /** The features of this plan, compiled for one thread. */
    public FeatureProgram compileFeatures() {
        Problems problems = new Problems();
        FeatureProgram program = FeatureProgram.compile(spec, layouts, problems);
        if (program == null) {
            throw new IllegalStateException("a plan that was checked no longer compiles: " + problems.asList());
        }
        return program;
    }

    /** The decoder of one stream, for one thread. */
    public EventDecoder decoder(int stream) {
        return EventDecoder.of(spec.streams().get(stream), stream, schemas.get(stream), layouts.get(stream));
    }

    /** A version of the model, held against this plan, examined and ready to score. Throws {@code ModelException}. */
    public ScoringProgram openModel(ModelVersion version) {
        return ModelBinding.open(spec, featureDigest, store.open().open(version));
    }

    /** The explainer of a version. Throws {@code ModelException}. */
    public Explainer openExplainer(ModelVersion version) {
        ExplainSpec explain = Objects.requireNonNull(spec.explain());
        return Explainer.open(explain.method(), store.open().open(version));
    }

    /** Which scores are explained, for one thread. */
    public ScoringRule explained() {
        String when = Objects.requireNonNull(spec.explain()).when();
        return ScoringRule.when(ExpressionCompiler.compile(when, ScoringRule.SCOPE));
    }

    /** The same plan against other Kafka clusters or with other client properties. */
    public InferencePlan withKafka(Map<String, String> kafka) {
        return new InferencePlan(
                spec.withKafka(kafka), schemas, layouts, scored, store, model, others, featureDigest, limits);
    }

    /** The same plan with what the output topics were found to take. */
    public InferencePlan withLimits(OutputLimits found) {
        return new InferencePlan(spec, schemas, layouts, scored, store, model, others, featureDigest, found);
    }

    /** The field whose value chooses the arm of a canary; without fields where the event's id chooses. */
    public CarriedFields canaryKey() {
        String field = spec.model().canaryBy();
        return new CarriedFields(field == null ? List.of() : List.of(field), layouts.get(scored));
    }

    /** The models that may score. */
    public ModelNames modelNames() {
        return new ModelNames(spec.model().name(), spec.model().by() != null);
    }

    /** The field whose text chooses a model; null where one scores everything. */
    public @Nullable FieldText modelField() {
        ModelChoiceSpec choice = spec.model().by();
        EventLayout layout = layouts.get(scored);
        return choice == null
                ? null
                : new FieldText(layout, Objects.requireNonNull(layout.field(choice.field()), choice.field()));
    }

    public CarriedFields carried() {
        return new CarriedFields(spec.outputs().carry(), layouts.get(scored));
    }

    public String featureName(int feature) {
        return spec.features().get(feature).name();
    }

    /** Where in a vector each input of the model stands. */
    public int[] inputSlots() {
        List<String> names = spec.features().stream().map(FeatureSpec::name).toList();
        return spec.inputs().stream().mapToInt(names::indexOf).toArray();
    }

    /** Where in a vector each value of a bundle's flat row stands: a bundle of several inputs may want another order. */
    public int[] inputSlots(Bundle bundle) {
        List<String> names = spec.features().stream().map(FeatureSpec::name).toList();
        return bundle.inputs().stream().mapToInt(names::indexOf).toArray();
    }

    /** The monitor of a model version: what is counted of it, and what is said. */
    public VersionMonitor monitor(ModelVersion version) {
        return MonitorPlan.monitor(this, version);
    }

    /** When alerts open and close. */
    public List<AlertRule> alertRules() {
        return MonitorPlan.alertRules(spec, new Problems());
    }

    /** How long after an event its label is waited for; 0 where there are no labels. */
    public long horizonMillis() {
        return spec.labels() == null ? 0 : spec.labels().horizon().toMillis();
    }

    /** The index of the stream that says what was true. */
    public int labelStream() {
        return MonitorPlan.streamOf(spec, Objects.requireNonNull(spec.labels()).stream());
    }

    /** The field by which labels name scored events, in a stream's events. */
    public FieldText labelKey(int stream) {
        String field = Objects.requireNonNull(spec.labels()).join();
        EventLayout layout = layouts.get(stream);
        return new FieldText(layout, Objects.requireNonNull(layout.field(field), field));
    }

    /** The slot of the label among the numbers of the label stream's events. */
    public int labelSlot() {
        String field = Objects.requireNonNull(spec.labels()).field();
        return Objects.requireNonNull(layouts.get(labelStream()).field(field), field)
                .slot();
    }

    public PredictionEncoder predictionEncoder() {
        return new PredictionEncoder(
                spec.outputs().predictions(), spec.outputs().encoding());
    }

    /** Encodes what shadows say. */
    public PredictionEncoder shadowEncoder() {
        return new PredictionEncoder(
                spec.outputs().predictionsShadow(), spec.outputs().encoding());
    }

    public ModelEventEncoder modelEventEncoder() {
        return new ModelEventEncoder(spec.outputs().models(), spec.name());
    }

    public SignalEncoder signalEncoder() {
        return new SignalEncoder(spec.outputs().signals(), spec.outputs().encoding());
    }

    public AlertEncoder alertEncoder() {
        return new AlertEncoder(spec.outputs().alerts(), spec.outputs().encoding());
    }

    public RefusalEncoder refusalEncoder() {
        return new RefusalEncoder(spec.name(), spec.outputs(), limits);
    }

    /** A vector in which nothing is computed yet. */
    public double[] unknownValues() {
        double[] values = new double[spec.features().size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
