/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.feature.HopProgram;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.ModelChoiceSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a plan says to a person, and to a program. */
final class PlanReport {

    private final InferencePlan plan;
    private final PipelineSpec spec;

    PlanReport(InferencePlan plan) {
        this.plan = plan;
        this.spec = plan.spec();
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pipeline", spec.name());
        map.put("streams", spec.streams().stream().map(StreamSpec::topic).toList());
        map.put("order", spec.order().name().toLowerCase(java.util.Locale.ROOT));
        map.put("features", spec.features().size());
        map.put("inputs", spec.inputs());
        map.put("feature_digest", plan.featureDigest());
        map.put("hops", hops());
        map.put("model", model(plan.model()));
        map.put(
                "models_of_values",
                plan.others().stream().map(PlanReport::model).toList());
        map.put("outputs", spec.outputs().topics());
        map.put("parallelism", spec.runtime().parallelism());
        return map;
    }

    private static Map<String, Object> model(ModelVersion model) {
        return Map.of("name", model.name(), "version", model.version(), "digest", model.digest());
    }

    private List<Map<String, Object>> hops() {
        return plan.compileFeatures().hops().stream().map(this::hop).toList();
    }

    private Map<String, Object> hop(HopProgram hop) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("by", hop.by());
        map.put(
                "streams",
                java.util.Arrays.stream(hop.streams())
                        .mapToObj(stream -> spec.streams().get(stream).name())
                        .toList());
        map.put("keeps", Duration.ofMillis(hop.retentionMillis()).toString());
        map.put("bytes_per_event", hop.bytesPerEvent());
        return map;
    }

    String asText() {
        StringBuilder text = new StringBuilder();
        line(text, "pipeline", spec.name() + ", order " + spec.order().name().toLowerCase(java.util.Locale.ROOT));
        for (StreamSpec stream : spec.streams()) {
            String role = stream.name().equals(spec.score()) ? " (scored)" : "";
            line(
                    text,
                    "source",
                    stream.name() + role + " from " + stream.topic() + ", out of order up to "
                            + stream.eventTime().maxOutOfOrder().toSeconds() + " s");
        }
        for (HopProgram hop : plan.compileFeatures().hops()) {
            line(
                    text,
                    "feature",
                    "hop by " + String.join(", ", hop.by()) + ": keeps "
                            + Duration.ofMillis(hop.retentionMillis()).toHours() + " h, about " + hop.bytesPerEvent()
                            + " bytes per event kept");
        }
        line(
                text,
                "feature",
                spec.features().size() + " features, " + spec.inputs().size() + " feed the model, digest "
                        + plan.featureDigest().substring(0, 12));
        score(text);
        line(
                text,
                "monitor",
                spec.monitor() == null
                        ? "off"
                        : "every " + spec.monitor().window().toSeconds() + " s of event time");
        line(
                text,
                "sink",
                String.join(", ", spec.outputs().topics()) + " ("
                        + spec.outputs().delivery().name().toLowerCase(java.util.Locale.ROOT) + ")");
        return text.toString();
    }

    private void score(StringBuilder text) {
        line(text, "score", words(plan.model()));
        ModelChoiceSpec choice = spec.model().by();
        if (choice != null) {
            line(
                    text,
                    "score",
                    plan.others().size() + " values of " + choice.field() + " have a model of their own, "
                            + choice.maxLoaded() + " stay loaded in a subtask");
            plan.others().forEach(other -> line(text, "score", words(other)));
        }
    }

    private static String words(ModelVersion model) {
        return model.name() + " " + model.version() + ", sha256 "
                + model.digest().substring(0, 12);
    }

    private static void line(StringBuilder text, String word, String rest) {
        text.append("%-12s %s%n".formatted(word, rest));
    }
}
