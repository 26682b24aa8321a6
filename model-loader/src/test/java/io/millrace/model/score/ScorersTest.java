/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.format.BundleWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

class ScorersTest {

    private static final IActivation GELU = Activation.GELU.getActivationFunction();

    @TempDir
    Path work;

    private final BundleDraft draft = ModelFixture.draft();

    @Test
    void takesTheCompiledPlanWhereThereIsOne() {
        assertThat(engine(draft)).isEqualTo("compiled plan");
    }

    @Test
    void takesDl4jWhereThereIsNone() {
        assertThat(engine(ModelFixture.draft(ModelFixture.dense(1, GELU, GELU, 3, 4, 1))))
                .isEqualTo("DL4J");
    }

    @Test
    void refusesANetworkThatAnswersOtherwise() {
        GoldenCases golden = Objects.requireNonNull(draft.golden());
        List<double[]> outputs = new ArrayList<>(golden.outputs());
        double given = outputs.get(5)[0];
        outputs.set(5, new double[] {given + 2e-5});
        assertRefused(
                draft.withGolden(new GoldenCases(GoldenCases.Origin.FRAMEWORK, golden.inputs(), outputs)),
                Code.GOLDEN,
                "model 'card-fraud' 1: golden.json: outputs.5.0: the network gives " + (float) given + ", expected "
                        + (given + 2e-5)
                        + ". The weights, the normalizer or the order of the features differ from those that made the"
                        + " cases; write the bundle again.");
    }

    @Test
    void acceptsAnswersWithinTheTolerance() {
        GoldenCases golden = Objects.requireNonNull(draft.golden());
        List<double[]> outputs = golden.outputs().stream()
                .map(row -> new double[] {row[0] + 0.9e-5})
                .toList();
        assertThat(engine(draft.withGolden(new GoldenCases(GoldenCases.Origin.TRAINER, golden.inputs(), outputs))))
                .isEqualTo("compiled plan");
    }

    @Test
    void refusesFiniteWeightsThatAnswerNotANumber() {
        float[] weights = new float[draft.weights().length];
        Arrays.fill(weights, 3e38f);
        IActivation identity = Activation.IDENTITY.getActivationFunction();
        String configuration = ModelFixture.json(ModelFixture.dense(7, identity, identity, 3, 4, 1));
        GoldenCases golden = Objects.requireNonNull(draft.golden());
        assertRefused(
                new BundleDraft(draft.description(), draft.preprocessing(), configuration, weights, golden, ""),
                Code.NON_FINITE,
                "model 'card-fraud' 1: golden.json: outputs.0.0: the network gives -Infinity. Train the model again.");
    }

    @Test
    void refusesAGoldenInputThatIsNoFloat() {
        GoldenCases golden = Objects.requireNonNull(draft.golden());
        List<double[]> inputs = new ArrayList<>(golden.inputs());
        inputs.set(2, new double[] {1, 1e300, 1});
        assertRefused(
                draft.withGolden(new GoldenCases(GoldenCases.Origin.SELF, inputs, golden.outputs())),
                Code.CONTENT,
                "model 'card-fraud' 1: golden.json: inputs.2: 'hour' is 1.0E300, which does not become a finite number."
                        + " Write the bundle again.");
    }

    private String engine(BundleDraft bundle) {
        try (Scorer scorer = Scorers.open(BundleWriter.write(work.resolve("bundle"), bundle), 8)) {
            return scorer.engine();
        }
    }

    private void assertRefused(BundleDraft bad, Code code, String message) {
        Bundle bundle = BundleWriter.write(work.resolve("bundle"), bad);
        assertThatThrownBy(() -> Scorers.open(bundle, 8))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
