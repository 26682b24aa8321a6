/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our rows have channels last, DL4J's arrays have them first: both must mean the same. */
class ShapedScorerTest {

    private static final int MAX_BATCH = 11;
    private static final long SEED = 20_261_124;

    @TempDir
    private Path work;

    @Test
    void sequencesThroughConvolutionsAnswerAsInDl4j() {
        answersAsInDl4j(ShapedNetworks.convolution1d(), ShapedNetworks.SEQUENCE);
    }

    @Test
    void imagesAnswerAsInDl4j() {
        answersAsInDl4j(ShapedNetworks.convolution2d(), ShapedNetworks.IMAGE);
    }

    @Test
    void anOutputPerStepLeavesStepByStep() {
        answersAsInDl4j(ShapedNetworks.recurrent(), ShapedNetworks.SEQUENCE);
    }

    private static void answersAsInDl4j(MultiLayerNetwork dl4j, Shape shape) {
        Network network = ModelFixture.read(dl4j, shape);
        float[] rows = ModelFixture.rows(SEED, MAX_BATCH * shape.values());
        float[] expected = channelsLast(dl4j.output(array(rows, shape)));
        try (NetworkScorer scorer = NetworkScorer.open(network, MAX_BATCH)) {
            for (int count = MAX_BATCH; count > 0; count--) {
                float[] outputs = new float[MAX_BATCH * scorer.outputs()];
                scorer.score(rows, count, outputs);
                assertClose(outputs, expected, count * scorer.outputs());
            }
        }
    }

    @Test
    void wordsAreLookedUpAndOthersFound() {
        MultiLayerNetwork dl4j = ShapedNetworks.words();
        Network network = ModelFixture.read(dl4j, new Shape.Row(4));
        float[] rows = {0, 10, 3, 3, 7, 7, 1, 0};
        float[] expected = dl4j.output(Nd4j.createFromArray(rows).reshape(2, 4)).toFloatVector();
        try (NetworkScorer scorer = NetworkScorer.open(network, 2)) {
            float[] outputs = new float[2];
            scorer.score(rows, 2, outputs);
            assertClose(outputs, expected, 2);
        }
        assertThat(network.outsideVocabulary(rows, 4)).isEqualTo(-1);
        assertThat(network.outsideVocabulary(new float[] {0, 11, 3, 3}, 0)).isEqualTo(1);
        assertThat(network.outsideVocabulary(new float[] {0, 1, -1, 3}, 0)).isEqualTo(2);
        assertThat(network.outsideVocabulary(new float[] {0, 1, 1, 3.5f}, 0)).isEqualTo(3);
    }

    @Test
    void severalInputsLieOneAfterTheOtherInARow() {
        ComputationGraph graph = ShapedNetworks.graph();
        Shape row = new Shape.Row(2);
        Shape word = new Shape.Row(1);
        Network network = ModelFixture.read(graph, ShapedNetworks.SEQUENCE, row, word);
        float[] rows = rows(MAX_BATCH);
        float[][] parts = {part(rows, 0, 24), part(rows, 24, 26), part(rows, 26, 27)};
        float[] expected = graph.output(
                        array(parts[0], ShapedNetworks.SEQUENCE), array(parts[1], row), array(parts[2], word))[0]
                .dup('c')
                .data()
                .asFloat();
        try (NetworkScorer scorer = NetworkScorer.open(network, MAX_BATCH)) {
            float[] outputs = new float[MAX_BATCH * 2];
            scorer.score(rows, MAX_BATCH, outputs);
            assertClose(outputs, expected, outputs.length);
        }
    }

    /** The rows of a batch, and what stood in it before, change no other row. */
    @Test
    void paddingAndOtherRowsChangeNoRow() {
        InputLayout layout = sequences(6);
        Network network = ModelFixture.read(ShapedNetworks.memory(), new Shape.Sequence(6, 2));
        float[] rows = ModelFixture.rows(SEED, MAX_BATCH * 12);
        for (int row = 0; row < MAX_BATCH; row++) {
            Arrays.fill(rows, row * 12, row * 12 + row % 6 * 2, Float.NaN);
        }
        try (NetworkScorer together = NetworkScorer.open(network, layout, MAX_BATCH);
                NetworkScorer alone = NetworkScorer.open(network, layout, 1)) {
            float[] all = new float[MAX_BATCH];
            together.score(rows, MAX_BATCH, all);
            for (int count = 1; count <= MAX_BATCH; count++) {
                float[] outputs = new float[MAX_BATCH];
                together.score(rows, count, outputs);
                assertClose(outputs, all, count);
                float[] one = new float[1];
                alone.score(Arrays.copyOfRange(rows, (count - 1) * 12, count * 12), 1, one);
                assertThat(one[0]).isCloseTo(all[count - 1], within(1e-6f));
            }
        }
    }

    @Test
    void paddedSequenceAnswersAsTheShortOne() {
        ComputationGraph graph = ShapedNetworks.memory();
        Network longer = ModelFixture.read(graph, new Shape.Sequence(6, 2));
        Network shorter = ModelFixture.read(graph, new Shape.Sequence(2, 2));
        float[] rows = ModelFixture.rows(SEED, 12);
        Arrays.fill(rows, 0, 8, Float.NaN);
        try (NetworkScorer padded = NetworkScorer.open(longer, sequences(6), 1);
                NetworkScorer exact = NetworkScorer.open(shorter, 1)) {
            float[] left = new float[1];
            float[] right = new float[1];
            padded.score(rows, 1, left);
            exact.score(Arrays.copyOfRange(rows, 8, 12), 1, right);
            assertThat(left[0]).isCloseTo(right[0], within(1e-6f));
        }
    }

    @Test
    void bundleOfSequencesIsReadAndScoresRawValues() {
        Bundle bundle =
                BundleWriter.write(work.resolve("bundle"), ModelFixture.draft(ShapedNetworks.memory(), sequences(3)));
        assertThat(bundle.inputs())
                .containsExactly("amount[0]", "hour[0]", "amount[1]", "hour[1]", "amount[2]", "hour[2]");
        try (ScoringProgram program = ScoringProgram.open(bundle, 4, null)) {
            double missing = Double.NaN;
            program.put(0, new double[] {missing, missing, 1, 2, 3, missing});
            program.put(1, new double[] {missing, missing, 1, 2, 3, 0});
            program.put(2, new double[] {missing, missing, missing, missing, missing, missing});
            program.score(3);
            assertThat(program.fault(0)).isNull();
            assertThat(program.outputs(0)).isEqualTo(program.outputs(1));
            assertThat(Objects.requireNonNull(program.fault(2)).message())
                    .isEqualTo("input 'amount[2]' is missing: a sequence needs one step at least, and a step with other"
                            + " values a training mean for those that it lacks. Keep the sequences of one input by the"
                            + " same key, or write the bundle with means.");
        }
    }

    @Test
    void wordOutsideTheVocabularyIsAFaultOfItsRow() {
        InputLayout layout = new InputLayout(List.of(
                new NetworkInput("history", ShapedNetworks.SEQUENCE, List.of("amount", "hour", "risk")),
                new NetworkInput("now", new Shape.Row(2), List.of("age", "limit")),
                new NetworkInput("word", new Shape.Row(1), List.of("word"))));
        Bundle bundle = BundleWriter.write(work.resolve("bundle"), ModelFixture.draft(ShapedNetworks.graph(), layout));
        try (ScoringProgram program = ScoringProgram.open(bundle, 2, null)) {
            double[] row = new double[27];
            row[26] = 11;
            program.put(0, row);
            program.put(1, new double[27]);
            program.score(2);
            assertThat(Objects.requireNonNull(program.fault(0)).message())
                    .isEqualTo("input 'word' is 11.0, the model knows whole numbers from 0 to 10.");
            assertThat(program.fault(1)).isNull();
            assertThat(program.engine()).isEqualTo("DL4J");
        }
    }

    private static InputLayout sequences(int steps) {
        return new InputLayout(
                List.of(new NetworkInput("history", new Shape.Sequence(steps, 2), List.of("amount", "hour"))));
    }

    /** Rows of 24, 2 and 1 values, the last a word. */
    private static float[] rows(int count) {
        float[] rows = ModelFixture.rows(SEED, count * 27);
        Random random = new Random(SEED);
        for (int row = 0; row < count; row++) {
            rows[row * 27 + 26] = random.nextInt(ShapedNetworks.WORDS);
        }
        return rows;
    }

    private static float[] part(float[] rows, int from, int to) {
        float[] part = new float[rows.length / 27 * (to - from)];
        for (int row = 0; row < rows.length / 27; row++) {
            System.arraycopy(rows, row * 27 + from, part, row * (to - from), to - from);
        }
        return part;
    }

    /** DL4J's array of our rows. */
    private static INDArray array(float[] rows, Shape shape) {
        INDArray flat = Nd4j.createFromArray(rows);
        int[] dimensions = shape.dimensions();
        int count = rows.length / shape.values();
        if (shape instanceof Shape.Sequence) {
            return flat.reshape('c', count, dimensions[0], dimensions[1])
                    .permute(0, 2, 1)
                    .dup('c');
        }
        if (shape instanceof Shape.Image) {
            return flat.reshape('c', count, dimensions[0], dimensions[1], dimensions[2])
                    .permute(0, 3, 1, 2)
                    .dup('c');
        }
        return flat.reshape('c', count, dimensions[0]);
    }

    private static float[] channelsLast(INDArray output) {
        INDArray last = output.rank() == 3 ? output.permute(0, 2, 1) : output;
        return last.dup('c').data().asFloat();
    }

    private static void assertClose(float[] found, float[] expected, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(found[i]).as("seed %d, output %d", SEED, i).isCloseTo(expected[i], within(1e-6f));
        }
    }
}
