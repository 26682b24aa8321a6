/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ModelException;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Calibration;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.format.BundleWriter;
import io.millrace.pipeline.record.Ranking;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** A network of one layer whose sums can be done by hand: 1·x0 + 2·x1, for every output o times o + 1. */
class ScoringProgramTest {

    private static final double[] MEANS = {10, Double.NaN};
    private static final Normalizer STANDARDIZE = new Normalizer.Standardize(new double[] {4, 0}, new double[] {2, 1});

    private static final long SEED = Long.getLong("millrace.seed", 14);

    @TempDir
    Path work;

    @Test
    void putsMeansInThenNormalizesThenScores() {
        try (ScoringProgram program = regression(4)) {
            program.put(0, new double[] {6, 5});
            program.put(1, new double[] {Double.NaN, 5});
            program.score(2);
            assertThat(program.engine()).isEqualTo("compiled plan");
            assertThat(program.fault(0)).isNull();
            assertThat(program.scoreOf(0)).isEqualTo((6 - 4) / 2f + 2 * 5);
            assertThat(program.scoreOf(1)).isEqualTo((10 - 4) / 2f + 2 * 5);
            assertThat(program.outputs(1)).containsExactly(13f);
            assertThat(program.decision(0)).isNull();
            assertThat(program.label(0)).isNull();
        }
    }

    @Test
    void readsInputsFromTheirSlots() {
        try (ScoringProgram program = regression(1)) {
            program.put(0, new double[] {5, -1, 6}, new int[] {2, 0});
            program.score(1);
            assertThat(program.scoreOf(0)).isEqualTo(11f);
        }
    }

    @Test
    void aMissingInputWithoutMeanIsAFaultOfThatRowAlone() {
        try (ScoringProgram program = regression(3)) {
            program.put(0, new double[] {6, 5});
            program.put(1, new double[] {6, Double.NaN});
            program.put(2, new double[] {6, 5});
            program.score(3);
            assertThat(program.fault(1))
                    .isEqualTo(new RowFault(
                            "hour",
                            "input 'hour' is missing, and the bundle has no training mean for it. Give the feature a"
                                    + " missing: number, or write the bundle with means."));
            assertThat(program.fault(0)).isNull();
            assertThat(program.fault(2)).isNull();
            assertThat(program.scoreOf(2)).isEqualTo(11f);
        }
    }

    @Test
    void aRowsFaultDoesNotOutliveTheRow() {
        try (ScoringProgram program = regression(1)) {
            program.put(0, new double[] {6, Double.NaN});
            program.score(1);
            program.put(0, new double[] {6, 5});
            program.score(1);
            assertThat(program.fault(0)).isNull();
        }
    }

    @Test
    void aNumberTooLargeForAFloatIsAFault() {
        try (ScoringProgram program = regression(1)) {
            program.put(0, new double[] {1e308, 5});
            program.score(1);
            assertThat(program.fault(0))
                    .isEqualTo(new RowFault(
                            "amount", "input 'amount' is 1.0E308, which is no finite number after the normalizer."));
        }
    }

    @Test
    void anOutputThatIsNotFiniteIsAFault() {
        try (ScoringProgram program = regression(2)) {
            program.put(0, new double[] {6, 3e38});
            program.put(1, new double[] {6, 5});
            program.score(2);
            assertThat(program.fault(0))
                    .isEqualTo(
                            new RowFault(null, "output 0 of model 'card-fraud' 1 is Infinity, not a finite number."));
            assertThat(program.fault(1)).isNull();
        }
    }

    @Test
    void theBundlesThresholdDecidesAndNamesTheClass() {
        Bundle bundle = bundle(Task.BINARY, Activation.SIGMOID, 1, List.of("genuine", "fraud"), 0.75);
        try (ScoringProgram program = ScoringProgram.open(bundle, 2, null)) {
            program.put(0, new double[] {4, 0.5});
            program.put(1, new double[] {4, 0.6});
            program.score(2);
            assertThat(program.scoreOf(0)).isCloseTo(0.731058f, within(1e-6f));
            assertThat(program.decision(0)).isFalse();
            assertThat(program.label(0)).isEqualTo("genuine");
            assertThat(program.decision(1)).isTrue();
            assertThat(program.label(1)).isEqualTo("fraud");
        }
    }

    @Test
    void aRuleReplacesTheThreshold() {
        Bundle bundle = bundle(Task.BINARY, Activation.SIGMOID, 1, List.of(), 0.75);
        try (ScoringProgram program = ScoringProgram.open(bundle, 1, score -> score > 0.7f)) {
            program.put(0, new double[] {4, 0.5});
            program.score(1);
            assertThat(program.decision(0)).isTrue();
            assertThat(program.label(0)).isNull();
        }
    }

    @Test
    void theSecondOfTwoBinaryOutputsIsTheScore() {
        Bundle bundle = bundle(Task.BINARY, Activation.SOFTMAX, 2, List.of("no", "yes"), 0.5);
        try (ScoringProgram program = ScoringProgram.open(bundle, 1, null)) {
            program.put(0, new double[] {4, 0.5});
            program.score(1);
            assertThat(program.scoreOf(0)).isEqualTo(program.outputs(0)[1]);
            assertThat(program.label(0)).isEqualTo("yes");
        }
    }

    @Test
    void manyClassesHaveALabelAndNoScore() {
        Bundle bundle = bundle(Task.MULTICLASS, Activation.SOFTMAX, 3, List.of("a", "b", "c"), Double.NaN);
        try (ScoringProgram program = ScoringProgram.open(bundle, 2, null)) {
            program.put(0, new double[] {4, 0.5});
            program.put(1, new double[] {4, -0.5});
            program.score(2);
            assertThat(program.label(0)).isEqualTo("c");
            assertThat(program.label(1)).isEqualTo("a");
            assertThat(program.scoreOf(0)).isNaN();
            assertThat(program.decision(0)).isNull();
        }
    }

    /** Against all items sorted: the greatest output first, of equal ones the one that stands first. */
    @Test
    void ranksItemsByTheirOutputs() {
        List<String> items = List.of("a", "b", "c", "d", "e", "f");
        MultiLayerNetwork network = ModelFixture.dense(
                1, Activation.IDENTITY.getActivationFunction(), Activation.IDENTITY.getActivationFunction(), 2, 6);
        float[] weights = new float[18];
        Random random = new Random(SEED);
        for (int i = 0; i < 12; i++) {
            weights[i] = random.nextInt(3);
        }
        Bundle bundle = write(description(Task.RANKING, 6, items, Double.NaN), ModelFixture.json(network), weights);
        try (ScoringProgram program = ScoringProgram.open(bundle, 32, null)) {
            for (int row = 0; row < 32; row++) {
                program.put(row, new double[] {random.nextInt(7), random.nextInt(4) - 1});
            }
            program.score(32);
            for (int row = 0; row < 32; row++) {
                float[] outputs = program.outputs(row);
                for (int most = 1; most <= 7; most++) {
                    Ranking top = program.top(row, most);
                    List<String> expected = items.stream()
                            .sorted(Comparator.comparingDouble(item -> -outputs[items.indexOf(item)]))
                            .limit(most)
                            .toList();
                    assertThat(top.items()).as("row %d, seed %d", row, SEED).containsExactlyElementsOf(expected);
                    for (int i = 0; i < top.size(); i++) {
                        assertThat(top.scores()[i]).isEqualTo(outputs[items.indexOf(top.items()[i])]);
                    }
                    assertThat(program.label(row)).isEqualTo(expected.get(0));
                }
                assertThat(program.scoreOf(row)).isNaN();
                assertThat(program.decision(row)).isNull();
            }
        }
    }

    @Test
    void anItemWithoutANameCannotBeRanked() {
        assertThatThrownBy(() -> description(Task.RANKING, 3, List.of("a", "b", "a"), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model 'card-fraud' ranks 3 items, each of which needs a name of its own, found 3 names");
        assertThatThrownBy(() -> description(Task.RANKING, 3, List.of(), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model 'card-fraud' ranks 3 items, each of which needs a name of its own, found 0 names");
    }

    @Test
    void aCalibratedScoreStandsBesideTheRawOutput() {
        Bundle raw = bundle(Task.BINARY, Activation.SIGMOID, 1, List.of("no", "yes"), 0.9);
        Calibration calibration = new Calibration.Isotonic(new double[] {0.2, 0.8}, new double[] {0, 1});
        Bundle bundle = new Bundle(
                raw.version(),
                raw.description(),
                raw.preprocessing(),
                raw.network(),
                calibration,
                raw.golden(),
                raw.card(),
                null);
        try (ScoringProgram program = ScoringProgram.open(bundle, 1, null)) {
            program.put(0, new double[] {4, 0.5});
            program.score(1);
            float output = program.outputs(0)[0];
            assertThat(output).isBetween(0.7f, 0.8f);
            assertThat(program.scoreOf(0))
                    .isEqualTo((float) ((output - 0.2) / 0.6))
                    .isLessThan(0.9f);
            assertThat(program.label(0)).isEqualTo("no");
            program.put(0, new double[] {4, 1});
            program.score(1);
            assertThat(program.outputs(0)[0]).isGreaterThan(0.8f).isLessThan(0.9f);
            assertThat(program.scoreOf(0)).isOne();
            assertThat(program.label(0))
                    .as("the threshold is one of calibrated scores")
                    .isEqualTo("yes");
        }
    }

    @Test
    void refusesARuleWhereThereIsNoScore() {
        Bundle bundle = bundle(Task.MULTICLASS, Activation.SOFTMAX, 3, List.of(), Double.NaN);
        assertThatThrownBy(() -> ScoringProgram.open(bundle, 1, ScoringRule.from(0.5)))
                .isInstanceOf(ModelException.class)
                .hasMessage("model 'card-fraud' 1: its multiclass task has 3 outputs and no single score to decide on."
                        + " Remove model.decide, or use a binary model.");
    }

    private ScoringProgram regression(int maxBatch) {
        Bundle bundle = bundle(Task.REGRESSION, Activation.IDENTITY, 1, List.of(), Double.NaN);
        return ScoringProgram.open(bundle, maxBatch, null);
    }

    private Bundle bundle(Task task, Activation activation, int outputs, List<String> labels, double threshold) {
        MultiLayerNetwork network = ModelFixture.dense(
                1, activation.getActivationFunction(), activation.getActivationFunction(), 2, outputs);
        float[] weights = new float[3 * outputs];
        for (int o = 0; o < outputs; o++) {
            weights[2 * o] = o + 1;
            weights[2 * o + 1] = 2 * (o + 1);
        }
        return write(description(task, outputs, labels, threshold), ModelFixture.json(network), weights);
    }

    private Bundle write(Description description, String configuration, float[] weights) {
        BundleDraft draft =
                new BundleDraft(description, new Preprocessing(MEANS, STANDARDIZE), configuration, weights, null, "");
        return BundleWriter.write(work.resolve("bundle"), SelfExam.complete(draft));
    }

    private static Description description(Task task, int outputs, List<String> labels, double threshold) {
        return new Description(
                "card-fraud",
                "1",
                task,
                List.of("amount", "hour"),
                outputs,
                labels,
                null,
                threshold,
                null,
                Map.of(),
                Map.of());
    }
}
