/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.feature.FeatureScope;
import io.millrace.model.ModelException;
import io.millrace.monitor.alert.AlertRule;
import io.millrace.monitor.alert.ConditionException;
import io.millrace.monitor.alert.ConditionParser;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.profile.ReferenceProfileCodec;
import io.millrace.monitor.window.SignalNames;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.ExpressionException;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.AlertSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.LabelSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.ValueSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pipeline file asks of monitors, held against the streams, and made ready for them. */
final class MonitorPlan {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorPlan.class);

    private MonitorPlan() {}

    /** Everything that is wrong with labels, segments and alerts. */
    static void check(PipelineSpec spec, List<EventLayout> layouts, int scored, Problems problems) {
        MonitorSpec monitor = spec.monitor();
        if (monitor != null) {
            for (String field : monitor.segments()) {
                requireField("monitor.segments", spec.score(), field, layouts.get(scored), problems);
            }
            alertRules(spec, problems);
        }
        if (monitor != null && monitor.value() != null) {
            worth(spec, monitor.value(), layouts.get(scored), problems);
        }
        LabelSpec labels = spec.labels();
        if (labels != null) {
            EventLayout layout = layouts.get(streamOf(spec, labels.stream()));
            requireField("labels.join", spec.score(), labels.join(), layouts.get(scored), problems);
            requireField("labels.join", labels.stream(), labels.join(), layout, problems);
            requireField("labels.field", labels.stream(), labels.field(), layout, problems);
            EventLayout.Field field = layout.field(labels.field());
            if (field != null && field.kind() == EventLayout.Kind.TEXT) {
                problems.add(
                        "labels.field",
                        "field '" + labels.field() + "' of stream '" + labels.stream()
                                + "' is text. A label is true or false, or a number.");
            }
        }
    }

    /** What decisions are worth must be numbers that can be computed from an event. */
    private static void worth(PipelineSpec spec, ValueSpec value, EventLayout layout, Problems problems) {
        FeatureScope scope = new FeatureScope(
                layout, spec.features().stream().map(FeatureSpec::name).toList());
        List<String> names = List.of("tp", "fp", "fn", "tn");
        for (int i = 0; i < names.size(); i++) {
            String text = value.expressions().get(i);
            String path = "monitor.value." + names.get(i);
            try {
                if (ExpressionCompiler.compile(text, scope).type() != ExpressionType.NUMBER) {
                    problems.add(path, "'" + text + "' is not a number.");
                }
            } catch (ExpressionException faulty) {
                faulty.faults().forEach(fault -> problems.add(path, "in '" + text + "' at " + fault));
            }
        }
    }

    static int streamOf(PipelineSpec spec, String name) {
        int index = 0;
        while (!spec.streams().get(index).name().equals(name)) {
            index++;
        }
        return index;
    }

    private static void requireField(String path, String stream, String field, EventLayout layout, Problems problems) {
        if (layout.field(field) == null) {
            List<String> known =
                    layout.fields().stream().map(EventLayout.Field::name).toList();
            problems.add(
                    path, "stream '" + stream + "' has no field '" + field + "'." + Problems.suggest(field, known));
        }
    }

    /** The rules, in the order of the file; those that cannot be read are problems. */
    static List<AlertRule> alertRules(PipelineSpec spec, Problems problems) {
        MonitorSpec monitor = Objects.requireNonNull(spec.monitor());
        List<AlertRule> rules = new ArrayList<>();
        for (int i = 0; i < spec.alerts().size(); i++) {
            AlertSpec alert = spec.alerts().get(i);
            try {
                rules.add(new AlertRule(
                        alert.when(),
                        alert.when(),
                        ConditionParser.parse(alert.when(), SignalNames.of(monitor)),
                        alert.windows(),
                        alert.minRows(),
                        alert.hysteresis(),
                        alert.coolDown().toMillis(),
                        null));
            } catch (ConditionException unreadable) {
                problems.add("alerts[" + i + "].when", String.valueOf(unreadable.getMessage()));
            }
        }
        return rules;
    }

    /** The monitor of a version. One whose bundle is gone meanwhile is watched without its profile, which a signal says. */
    static VersionMonitor monitor(InferencePlan plan, ModelVersion version) {
        MonitorSpec spec = Objects.requireNonNull(plan.spec().monitor());
        List<String> features =
                plan.spec().features().stream().map(FeatureSpec::name).toList();
        boolean compared = spec.drift() != null
                || spec.quality() != null && spec.quality().needsReference()
                || spec.performance() != null
                || spec.value() != null;
        ReferenceProfile profile = compared ? profile(plan, version) : null;
        return new VersionMonitor(plan.spec().name(), spec, features, profile, Duration.ofMillis(plan.horizonMillis()));
    }

    private static @Nullable ReferenceProfile profile(InferencePlan plan, ModelVersion version) {
        try {
            byte[] reference = plan.store().open().open(version).reference();
            return reference == null ? null : ReferenceProfileCodec.read(reference);
        } catch (ModelException gone) {
            LOG.warn("the monitor does without the profile of model {}: {}", version, gone.getMessage());
            return null;
        }
    }
}
