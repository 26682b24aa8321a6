/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ModelException;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.spec.ExplainSpec.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

final class ExplainerTest {

    private static final IActivation IDENTITY = Activation.IDENTITY.getActivationFunction();
    private static final IActivation SIGMOID = Activation.SIGMOID.getActivationFunction();
    private static final IActivation TANH = Activation.TANH.getActivationFunction();
    private static final IActivation RELU = Activation.RELU.getActivationFunction();

    @TempDir
    Path work;

    private final Map<Bundle, ScoringProgram> programs = new IdentityHashMap<>();
    private int bundles;

    @Test
    void gradientsOfALinearModelAreExact() {
        Bundle bundle = bundle(ModelFixture.dense(3, IDENTITY, IDENTITY, 5, 1));
        double[] row = row(new Random(1), 5);
        try (Explainer explainer = Explainer.open(Method.INTEGRATED_GRADIENTS, bundle)) {
            Contributions found = explainer.explain(row, 0, Deadline.NEVER);
            for (int i = 0; i < 5; i++) {
                double[] without = row.clone();
                without[i] = Double.NaN;
                double own = output(bundle, row) - output(bundle, without);
                assertThat(found.of()[i]).as("input %d", i).isCloseTo(own, within(1e-5));
            }
            assertThat(found.completenessError()).isLessThan(1e-5);
        }
    }

    @Test
    void theErrorOfTheSumIsTheOneThatCanBeComputedAgain() {
        for (Method method : List.of(Method.INTEGRATED_GRADIENTS, Method.OCCLUSION, Method.KERNEL_SHAP)) {
            for (long seed = 1; seed <= 5; seed++) {
                Bundle bundle = bundle(ModelFixture.dense(seed, seed % 2 == 0 ? RELU : TANH, SIGMOID, 6, 8, 5, 1));
                double[] row = row(new Random(seed), 6);
                row[2] = seed == 3 ? Double.NaN : row[2];
                try (Explainer explainer = Explainer.open(method, bundle)) {
                    Contributions found = explainer.explain(row, 0, Deadline.NEVER);
                    double whole = output(bundle, row) - output(bundle, missing(6));
                    double error = Math.abs(Arrays.stream(found.of()).sum() - whole);
                    assertThat(found.completenessError())
                            .as("%s, seed %d", method, seed)
                            .isCloseTo(error, within(2e-6));
                    if (method == Method.INTEGRATED_GRADIENTS) {
                        assertThat(error).as("seed %d", seed).isLessThan(0.02);
                    }
                    assertThat(seed == 3 ? found.of()[2] : 0)
                            .as("a missing value did nothing")
                            .isCloseTo(0, within(1e-12));
                }
            }
        }
    }

    @Test
    void kernelShapIsShapley() {
        for (int size : new int[] {1, 2, 5, 8}) {
            Bundle bundle = bundle(ModelFixture.dense(size, TANH, SIGMOID, size, 6, 1));
            double[] row = row(new Random(size), size);
            try (Explainer explainer = Explainer.open(Method.KERNEL_SHAP, bundle)) {
                double[] found = explainer.explain(row, 0, Deadline.NEVER).of();
                double[] slow = shapley(bundle, row);
                for (int i = 0; i < size; i++) {
                    assertThat(found[i]).as("input %d of %d", i, size).isCloseTo(slow[i], within(1e-6));
                }
            }
        }
    }

    @Test
    void drawnCoalitionsComeNearAndAreTheSameForTheSameEvent() {
        Bundle bundle = bundle(ModelFixture.dense(4, TANH, SIGMOID, 12, 8, 1));
        double[] row = row(new Random(9), 12);
        double[] slow = shapley(bundle, row);
        try (Explainer explainer = Explainer.open(Method.KERNEL_SHAP, bundle)) {
            Contributions found = explainer.explain(row, 77, Deadline.NEVER);
            for (int i = 0; i < 12; i++) {
                assertThat(found.of()[i]).as("input %d", i).isCloseTo(slow[i], within(0.01));
            }
            assertThat(found.completenessError()).isLessThan(1e-9);
            assertThat(explainer.explain(row, 77, Deadline.NEVER).of()).isEqualTo(found.of());
        }
    }

    @Test
    void aCounterfactualTurnsTheDecision() {
        Bundle bundle = bundle(ModelFixture.dense(7, RELU, SIGMOID, 3, 4, 1));
        int turned = 0;
        Random random = new Random(2);
        try (Explainer explainer = Explainer.open(Method.COUNTERFACTUAL, bundle)) {
            for (int i = 0; i < 50; i++) {
                double[] row = row(random, 3);
                Contributions found = explainer.explain(row, 0, Deadline.NEVER);
                double[] changed = found.changed();
                boolean was = output(bundle, row) >= 0.5;
                boolean is = output(bundle, changed) >= 0.5;
                turned += was == is ? 0 : 1;
                for (int input = 0; input < 3; input++) {
                    assertThat(changed[input] == row[input]).isEqualTo(found.of()[input] == 0);
                }
                assertThat(Arrays.stream(found.of()).sum())
                        .isCloseTo(output(bundle, changed) - output(bundle, row), within(1e-6));
            }
        }
        assertThat(turned).as("of 50").isGreaterThan(35);
    }

    @Test
    void theGreatestContributionsAreTold() {
        Contributions all = new Contributions(new double[] {0.1, -0.5, 0, 0.3}, 0.9, 1.0, null);
        Explanation told = Explainer.told(
                all, Method.OCCLUSION, new double[] {1, 2, 3, Double.NaN}, List.of("a", "b", "c", "d"), 2);
        assertThat(told.features()).containsExactly("b", "d");
        assertThat(told.values()).containsExactly(2, Double.NaN);
        assertThat(told.contributions()).containsExactly(-0.5, 0.3);
        assertThat(told.completenessError()).isCloseTo(0, within(1e-12));
        assertThat(Explainer.told(all, Method.OCCLUSION, new double[4], List.of("a", "b", "c", "d"), 9)
                        .features())
                .as("what did nothing is no reason")
                .hasSize(3);
    }

    @Test
    void nothingIsMadeWhenTimeRanOut() {
        Bundle bundle = bundle(ModelFixture.dense(7, RELU, SIGMOID, 3, 4, 1));
        for (Method method : Method.values()) {
            try (Explainer explainer = Explainer.open(method, bundle)) {
                Contributions found = explainer.explain(row(new Random(8), 3), 0, () -> true);
                assertThat(found == null || found.changed() != null)
                        .as("%s", method)
                        .isTrue();
            }
        }
    }

    @Test
    void whatCannotBeExplainedSaysWhy() {
        Bundle several = bundle(ModelFixture.dense(7, RELU, Activation.SOFTMAX.getActivationFunction(), 3, 4, 3));
        assertThatThrownBy(() -> Explainer.open(Method.OCCLUSION, several))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("explanations are of a single score, which a multiclass model does not have.");
    }

    /** The mean over all orders of what an input adds, by all subsets of the others. */
    private double[] shapley(Bundle bundle, double[] row) {
        int size = row.length;
        double[] outputs = new double[1 << size];
        for (int subset = 0; subset < outputs.length; subset++) {
            double[] some = row.clone();
            for (int i = 0; i < size; i++) {
                some[i] = (subset >> i & 1) == 1 ? some[i] : Double.NaN;
            }
            outputs[subset] = output(bundle, some);
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            for (int subset = 0; subset < outputs.length; subset++) {
                if ((subset >> i & 1) == 0) {
                    int others = Integer.bitCount(subset);
                    double weight = 1.0 / size;
                    for (int k = 0; k < others; k++) {
                        weight *= (double) (k + 1) / (size - 1 - k);
                    }
                    values[i] += weight * (outputs[subset | 1 << i] - outputs[subset]);
                }
            }
        }
        return values;
    }

    private Bundle bundle(MultiLayerNetwork network) {
        return BundleWriter.write(work.resolve("bundle-" + bundles++), ModelFixture.draft(network));
    }

    private static double[] missing(int size) {
        double[] row = new double[size];
        Arrays.fill(row, Double.NaN);
        return row;
    }

    /** Around the means of the fixture. */
    private static double[] row(Random random, int size) {
        double[] row = new double[size];
        Arrays.setAll(row, i -> 10 * i + (1 + i) * 2 * random.nextGaussian());
        return row;
    }

    private double output(Bundle bundle, double[] row) {
        ScoringProgram program = programs.computeIfAbsent(bundle, absent -> ScoringProgram.open(absent, 1, null));
        program.put(0, row);
        program.score(1);
        float[] outputs = program.outputs(0);
        return outputs[outputs.length - 1];
    }

    @AfterEach
    void close() {
        programs.values().forEach(ScoringProgram::close);
    }
}
