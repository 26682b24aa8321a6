/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.spec.ExplainSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains the last output of a network against the training mean of its inputs, which is also what stands for a missing value. Used
 * by one thread.
 */
public interface Explainer extends AutoCloseable {

    /** What rows are compared with. */
    String BASELINE = "training_mean";

    /**
     * The contributions of all inputs.
     *
     * @param inputs raw values in the order of the bundle's inputs; NaN is missing
     * @param seed of what is drawn at random, so that the same event has the same explanation
     * @param deadline asked between steps
     * @return null when time ran out
     */
    @Nullable
    Contributions explain(double[] inputs, long seed, Deadline deadline);

    @Override
    void close();

    /**
     * The explainer of a bundle.
     *
     * @throws ModelException when that method does not explain this bundle
     */
    static Explainer open(ExplainSpec.Method method, Bundle bundle) {
        String refusal = refusal(method, bundle);
        if (refusal != null) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    "model '" + bundle.version().name() + "' "
                            + bundle.version().version() + ": " + refusal);
        }
        return switch (method) {
            case INTEGRATED_GRADIENTS -> IntegratedGradients.of(bundle);
            case OCCLUSION -> new Occlusion(OutputFunction.of(bundle));
            case KERNEL_SHAP -> new KernelShap(OutputFunction.of(bundle));
            case COUNTERFACTUAL -> Counterfactual.of(bundle);
        };
    }

    /** Why that method does not explain this bundle; null when it may. */
    private static @Nullable String refusal(ExplainSpec.Method method, Bundle bundle) {
        if (!bundle.description().hasScore()) {
            return "explanations are of a single score, which a "
                    + bundle.task().word() + " model does not have.";
        }
        if (bundle.description().layout().hasSequences()
                || bundle.description().layout().inputs().size() != 1) {
            return "explanations are of one input of numbers; this model has sequences or several inputs.";
        }
        if (Arrays.stream(bundle.preprocessing().means()).anyMatch(Double::isNaN)) {
            return "explanations compare with training means, and the bundle lacks some. Write it with means.";
        }
        if (method == ExplainSpec.Method.COUNTERFACTUAL && Double.isNaN(bundle.threshold())) {
            return "a counterfactual asks what would have to be different for another decision, and the bundle has no"
                    + " threshold.";
        }
        return null;
    }

    /** The reasons that are told: those of the greatest contributions, in either direction. */
    static Explanation told(
            Contributions all, ExplainSpec.Method method, double[] inputs, List<String> names, int top) {
        Integer[] order = new Integer[all.of().length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -Math.abs(all.of()[i])));
        int size = Math.min(
                top, (int) Arrays.stream(all.of()).filter(each -> each != 0).count());
        String[] features = new String[size];
        double[] values = new double[size];
        double[] contributions = new double[size];
        for (int i = 0; i < size; i++) {
            int input = order[i];
            features[i] = names.get(input);
            values[i] = all.changed() == null ? inputs[input] : all.changed()[input];
            contributions[i] = all.of()[input];
        }
        return new Explanation(method.word(), BASELINE, features, values, contributions, all.completenessError(), null);
    }
}
