/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Task;
import io.millrace.model.explain.Explainer;
import io.millrace.model.rollout.Ledger;
import io.millrace.model.rollout.ModelNames;
import io.millrace.model.score.ScoringProgram;
import io.millrace.model.score.ScoringRule;
import io.millrace.model.store.ModelStore;
import io.millrace.monitor.profile.ProfileException;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.profile.ReferenceProfileCodec;
import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.ExpressionException;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.ExplainSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.control.ControlRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a model against the pipeline that wants to use it. */
final class ModelBinding {

    private static final String DECIDE = "model.decide.positive_when";
    private static final String EXPLAIN = "explain.when";

    private final PipelineSpec spec;
    private final String featureDigest;
    private final Problems problems;

    ModelBinding(PipelineSpec spec, String featureDigest, Problems problems) {
        this.spec = spec;
        this.featureDigest = featureDigest;
        this.problems = problems;
    }

    /** The version to use; null, with problems, when there is none or it does not fit. */
    @Nullable
    ModelVersion resolve(@Nullable StorePlan plan) {
        checkCondition(DECIDE, spec.model().positiveWhen());
        if (spec.explain() != null) {
            checkCondition(EXPLAIN, spec.explain().when());
        }
        ModelStore store = plan == null ? null : open(plan);
        return store == null ? null : resolve(store);
    }

    private @Nullable ModelStore open(StorePlan plan) {
        try {
            return plan.open();
        } catch (ModelException unreachable) {
            problems.add("model.store", message(unreachable));
            return null;
        }
    }

    private @Nullable ModelVersion resolve(ModelStore store) {
        try {
            ModelVersion version =
                    store.resolve(spec.model().name(), spec.model().use());
            Bundle bundle = store.open(version);
            check(bundle);
            checkTask(bundle);
            return version;
        } catch (ModelException refused) {
            problems.add(key(refused.code()), message(refused));
            return null;
        }
    }

    /** The versions of the models that a field chooses, in the order of their names; those without the alias do not score yet. */
    List<ModelVersion> others(StorePlan plan) {
        if (spec.model().by() == null) {
            return List.of();
        }
        ModelNames names = new ModelNames(spec.model().name(), true);
        ModelStore store = plan.open();
        List<ModelVersion> others = new ArrayList<>();
        for (String name : store.names()) {
            String value = names.value(name);
            if (value != null && !value.equals(Ledger.OWN)) {
                other(store, name, others);
            }
        }
        if (others.size() > ControlRecords.MOST_OTHERS) {
            problems.add(
                    "model.by",
                    "the store has " + others.size() + " models of values, at most " + ControlRecords.MOST_OTHERS
                            + " can score in one pipeline. Split the stream.");
        }
        return others;
    }

    private void other(ModelStore store, String name, List<ModelVersion> others) {
        String use = spec.model().use();
        try {
            boolean used = store.aliases(name).containsKey(use)
                    || store.list(name).stream()
                            .anyMatch(version -> version.version().equals(use));
            if (used) {
                ModelVersion version = store.resolve(name, use);
                check(store.open(version));
                others.add(version);
            }
        } catch (ModelException refused) {
            problems.add(key(refused.code()), message(refused));
        }
    }

    private static String key(ModelException.Code code) {
        return switch (code) {
            case NOT_FOUND -> "model.use";
            case SIGNATURE_MISSING, SIGNATURE_MALFORMED, SIGNATURE_KEY, SIGNATURE_ALTERED -> "model.signature";
            default -> "model.name";
        };
    }

    private void check(Bundle bundle) {
        checkProfile(bundle);
        checkExplanation(bundle);
        if (!takes(bundle, spec.inputs())) {
            problems.add(
                    "model.name",
                    "bundle '" + bundle.version().name() + "' "
                            + bundle.version().version() + " wants "
                            + bundle.inputs().size() + " inputs, the pipeline gives "
                            + spec.inputs().size() + difference(bundle.inputs(), spec.inputs())
                            + ". Change features or inputs, or train the model on this pipeline.");
        } else if (bundle.featureDigest() != null && !bundle.featureDigest().equals(featureDigest)) {
            problems.add(
                    "model.name",
                    "bundle '" + bundle.version().name() + "' "
                            + bundle.version().version()
                            + " was made for other definitions of the same features (digest "
                            + shortened(bundle.featureDigest()) + ", the pipeline's is " + shortened(featureDigest)
                            + "). Restore the definitions, or train the model on these.");
        }
    }

    /** A model that cannot be explained does not score where explanations are asked for. */
    private void checkExplanation(Bundle bundle) {
        ExplainSpec explain = spec.explain();
        if (explain == null) {
            return;
        }
        try {
            Explainer.open(explain.method(), bundle).close();
        } catch (ModelException refused) {
            problems.add("explain.method", message(refused) + " Remove the key, or use another method.");
        }
    }

    /** What is to be compared with a reference needs one that can be read. */
    private void checkProfile(Bundle bundle) {
        MonitorSpec monitor = spec.monitor();
        boolean estimated = monitor != null
                && monitor.performance() != null
                && monitor.performance().estimate();
        String key = monitor == null ? null : comparing(monitor);
        if (key == null) {
            return;
        }
        String model =
                "model '" + bundle.version().name() + "' " + bundle.version().version();
        if (bundle.reference() == null) {
            problems.add(
                    key,
                    model
                            + " has no monitoring profile (reference.json) to compare with. Train it again, which makes one, or"
                            + " remove the key.");
            return;
        }
        try {
            ReferenceProfile profile = ReferenceProfileCodec.read(bundle.reference());
            if (estimated && profile.performance() == null) {
                problems.add(
                        "monitor.performance.estimate",
                        model
                                + " has a monitoring profile without labelled rows, on which estimates stand. Train it again,"
                                + " which makes one, or remove the key.");
            }
        } catch (ProfileException unsound) {
            problems.add(key, model + ": " + unsound.getMessage());
        }
    }

    /** The first key that compares with a reference; null where none does. */
    private static @Nullable String comparing(MonitorSpec monitor) {
        if (monitor.drift() != null) {
            return "monitor.drift";
        }
        if (monitor.quality() != null && monitor.quality().needsReference()) {
            return "monitor.quality";
        }
        return monitor.performance() != null && monitor.performance().estimate()
                ? "monitor.performance.estimate"
                : null;
    }

    /** A row wants its inputs in order; sequences and several inputs say by name what goes where. */
    private static boolean takes(Bundle bundle, List<String> given) {
        InputLayout layout = bundle.description().layout();
        boolean byName = layout.hasSequences() || layout.inputs().size() > 1;
        return byName
                ? given.size() == bundle.inputs().size() && Set.copyOf(given).equals(Set.copyOf(bundle.inputs()))
                : given.equals(bundle.inputs());
    }

    /** A key that speaks of a ranking, at a model that ranks nothing, would be ignored. */
    private void checkTask(Bundle bundle) {
        if (spec.model().top() != null && bundle.task() != Task.RANKING) {
            problems.add(
                    "model.top",
                    "model '" + bundle.version().name() + "' "
                            + bundle.version().version() + " is a "
                            + bundle.task().word()
                            + " model, which ranks nothing. Remove the key, or use a ranking model.");
        }
        if (spec.model().positiveWhen() != null && !bundle.description().hasScore()) {
            problems.add(
                    "model.decide",
                    "model '" + bundle.version().name() + "' "
                            + bundle.version().version() + " is a "
                            + bundle.task().word() + " model with "
                            + bundle.description().outputs()
                            + " outputs and no single score to decide on. Remove the key, or use a model with one.");
        }
    }

    private void checkCondition(String key, @Nullable String text) {
        if (text == null) {
            return;
        }
        try {
            if (ExpressionCompiler.compile(text, ScoringRule.SCOPE).type() != ExpressionType.BOOLEAN) {
                problems.add(key, "'" + text + "' is not true or false. Compare the score: score >= 0.5.");
            }
        } catch (ExpressionException faulty) {
            faulty.faults().forEach(fault -> problems.add(key, "in '" + text + "' at " + fault));
        }
    }

    /** The scoring program of a bundle under the pipeline's own rule, where it has one. */
    static ScoringProgram open(PipelineSpec spec, String featureDigest, Bundle bundle) {
        Problems problems = new Problems();
        new ModelBinding(spec, featureDigest, problems).check(bundle);
        if (!problems.isEmpty()) {
            throw new ModelException(
                    ModelException.Code.CONTENT, problems.asList().get(0).message());
        }
        String text = spec.model().positiveWhen();
        Expression rule = text == null ? null : ExpressionCompiler.compile(text, ScoringRule.SCOPE);
        return ScoringProgram.open(bundle, spec.model().maxBatch(), rule == null ? null : ScoringRule.when(rule));
    }

    private static String difference(List<String> wanted, List<String> given) {
        List<String> lacking = new ArrayList<>(wanted);
        lacking.removeAll(given);
        List<String> surplus = new ArrayList<>(given);
        surplus.removeAll(wanted);
        if (lacking.isEmpty() && surplus.isEmpty()) {
            return " in another order: " + wanted;
        }
        return (lacking.isEmpty() ? "" : "; lacking: " + String.join(", ", lacking))
                + (surplus.isEmpty() ? "" : "; not wanted: " + String.join(", ", surplus));
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }

    private static String message(ModelException refused) {
        return String.valueOf(refused.getMessage());
    }
}
