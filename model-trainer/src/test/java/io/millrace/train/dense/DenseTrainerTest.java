/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.Calibration;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.score.Scorer;
import io.millrace.model.score.Scorers;
import io.millrace.model.score.ScoringProgram;
import io.millrace.train.calibration.CalibrationMethod;
import io.millrace.train.dense.DenseTrainer.Request;
import io.millrace.train.dense.DenseTrainer.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTrainerTest {

    private static final List<String> INPUTS = List.of("x", "y", "constant", "rarely");

    @TempDir
    private Path directory;

    @Test
    void sameSeedGivesTheSameBundleToTheByteAndAnotherSeedDoesNot() throws IOException {
        List<LabelledRow> rows = GeneratedRows.of(1, 2_000);

        Map<String, byte[]> first = written("first", DenseTrainer.train(request(rows, 3, 42)));
        Map<String, byte[]> again = written("again", DenseTrainer.train(request(rows, 3, 42)));
        Map<String, byte[]> other = written("other", DenseTrainer.train(request(rows, 3, 43)));

        assertThat(again.keySet()).isEqualTo(first.keySet());
        first.forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
        assertThat(other.get("coefficients.bin")).isNotEqualTo(first.get("coefficients.bin"));
    }

    @ParameterizedTest
    @EnumSource(
            value = CalibrationMethod.class,
            names = {"PLATT", "ISOTONIC"})
    void makesProbabilitiesOfScoresThatPositivesDrawnAgainHadRaised(CalibrationMethod method) {
        List<LabelledRow> rows = GeneratedRows.of(9, 8_000);

        Trained trained = DenseTrainer.train(new Request("fraud", "2", INPUTS, null, rows, 10, method, 9));

        Map<String, Double> metrics = trained.metrics();
        assertThat(metrics.get("validation_rows")).isEqualTo(800);
        assertThat(metrics.get("test_rows")).isEqualTo(800);
        assertThat(metrics.get("test_log_loss")).isLessThan(metrics.get("test_log_loss_uncalibrated"));
        assertThat(metrics.get("test_brier")).isLessThan(metrics.get("test_brier_uncalibrated"));
        assertThat(metrics.get("test_calibration_error"))
                .isLessThan(metrics.get("test_calibration_error_uncalibrated"));
        Bundle bundle = BundleWriter.write(directory.resolve("calibrated"), trained.draft());
        assertThat(bundle.calibration()).isNotEqualTo(Calibration.IDENTITY);
        try (ScoringProgram program = ScoringProgram.open(bundle, 1, null)) {
            program.put(0, rows.get(7_999).features());
            program.score(1);
            assertThat(program.scoreOf(0))
                    .isEqualTo((float) bundle.calibration().probability(program.outputs(0)[0]))
                    .isNotEqualTo(program.outputs(0)[0]);
            assertThat(program.decision(0)).isEqualTo(program.scoreOf(0) >= bundle.threshold());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void findsARuleThatNoSingleInputShows(long seed) {
        List<LabelledRow> rows = GeneratedRows.of(seed, 6_000);
        List<LabelledRow> validation = rows.subList(4_800, 6_000);

        Trained trained = DenseTrainer.train(request(rows, 30, seed));

        double baseline = Math.max(average(validation, 0), average(validation, 1));
        assertThat(trained.metrics().get("validation_average_precision"))
                .as("seed %d, the best single input has %s", seed, baseline)
                .isGreaterThan(Math.max(0.85, 2 * baseline));
        assertThat(trained.metrics().get("validation_roc_auc"))
                .as("seed %d", seed)
                .isGreaterThan(0.95);
    }

    /** The metrics and the threshold that the bundle states are those of what it serves. */
    @Test
    void statedQualityIsThatOfTheServedModel() {
        List<LabelledRow> rows = GeneratedRows.of(3, 2_000);
        Trained trained = DenseTrainer.train(request(rows, 5, 3));
        Bundle bundle = BundleWriter.write(directory.resolve("bundle"), trained.draft());

        RankingQuality served =
                RankingQuality.of(scores(bundle, rows.subList(1_600, 2_000)), rows.subList(1_600, 2_000));

        assertThat(bundle.golden().origin()).isEqualTo(GoldenCases.Origin.TRAINER);
        assertThat(trained.metrics().get("validation_average_precision"))
                .isCloseTo(served.averagePrecision(), within(1e-4));
        assertThat(trained.metrics().get("validation_rows")).isEqualTo(400);
        assertThat(trained.draft().description().threshold()).isCloseTo(served.bestThreshold(), within(1e-5));
        assertThat(trained.draft().description().training().from().toEpochMilli())
                .isEqualTo(GeneratedRows.START_MILLIS);
        assertThat(trained.draft().description().training().to().toEpochMilli())
                .isEqualTo(GeneratedRows.START_MILLIS + 1_599_000L);
    }

    /** Of 318 rows 254 train, fewer than a batch holds: still a history. */
    @Test
    void historyShorterThanABatchIsLearntFrom() {
        List<LabelledRow> rows = new ArrayList<>();
        for (int i = 0; i < 318; i++) {
            rows.add(new LabelledRow(i, new double[] {i % 7, i % 3, 0, 0}, i % 7 == 3));
        }

        Trained trained = DenseTrainer.train(request(rows, 120, 1));

        assertThat(trained.metrics().get("validation_roc_auc")).isGreaterThan(0.95);
    }

    @Test
    void goldenCasesReachOverTheWholeOfTheValidation() {
        List<LabelledRow> rows = GeneratedRows.of(4, 4_000);

        GoldenCases golden = DenseTrainer.train(request(rows, 1, 4)).draft().golden();

        assertThat(golden.inputs()).hasSize(64);
        double[] last = golden.inputs().get(63);
        assertThat(rows.stream().map(LabelledRow::features).toList().lastIndexOf(last))
                .isGreaterThan(3_950);
    }

    @Test
    void historyWithoutOneOfTheClassesIsRefused() {
        List<LabelledRow> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(new LabelledRow(i, new double[4], i < 100));
        }

        assertThatThrownBy(() -> DenseTrainer.train(request(rows, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation rows are 200, 0 of them positive. Training needs at least 64 rows and both"
                        + " classes in each part: give a longer history.");
        assertThatThrownBy(() -> DenseTrainer.train(request(rows.subList(0, 70), 1, 1)))
                .hasMessage("the training rows are 56, 56 of them positive. Training needs at least 64 rows and both"
                        + " classes in each part: give a longer history.");
        assertThatThrownBy(() -> request(rows, 0, 1)).hasMessage("training takes at least one epoch, not 0.");
    }

    @Test
    void inputsTooLargeForSinglePrecisionAreRefusedAndDoNotHang() {
        List<LabelledRow> rows = new ArrayList<>(GeneratedRows.of(5, 1_000));
        rows.set(900, new LabelledRow(0, new double[] {1e300, 0, 0, 0}, true));
        rows.set(901, new LabelledRow(0, new double[] {-1e300, 1e300, 1e300, -1e300}, true));

        assertThatThrownBy(() -> DenseTrainer.train(request(rows, 1, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "the network's score of row 10[01] is not a number\\. Look for inputs of extreme size"
                                + " in the history\\.");
    }

    @Test
    void cardSaysWhatTheModelIs() {
        List<LabelledRow> rows = List.of(
                new LabelledRow(GeneratedRows.START_MILLIS, new double[1], true),
                new LabelledRow(GeneratedRows.START_MILLIS + 1, new double[1], false));

        assertThat(ModelCard.text(request(rows, 1, 9), rows, new TreeMap<>(Map.of("b", 1.0, "a", 0.12344))))
                .isEqualTo("""
                        # fraud 2

                        A dense network (32 and 16 ReLU units, one sigmoid output) trained on 2 rows, 1 of them positive, \
                        from 2020-09-13T12:26:40Z on. Seed 9.

                        Inputs: x, y, constant, rarely.

                        | metric | value |
                        |---|---|
                        | a | 0.1234 |
                        | b | 1.0000 |

                        The last fifth of the rows by time validated it and chose the epoch and the threshold (greatest \
                        F1), so these figures are a little kind.
                        """);
    }

    private static Request request(List<LabelledRow> rows, int epochs, long seed) {
        return new Request("fraud", "2", INPUTS, null, rows, epochs, CalibrationMethod.NONE, seed);
    }

    /** The average precision of one input alone, the better way round. */
    private static double average(List<LabelledRow> rows, int input) {
        float[] up = new float[rows.size()];
        float[] down = new float[rows.size()];
        for (int i = 0; i < up.length; i++) {
            up[i] = (float) rows.get(i).features()[input];
            down[i] = -up[i];
        }
        return Math.max(
                RankingQuality.of(up, rows).averagePrecision(),
                RankingQuality.of(down, rows).averagePrecision());
    }

    private static float[] scores(Bundle bundle, List<LabelledRow> rows) {
        float[] scores = new float[rows.size()];
        int[] slots = {0, 1, 2, 3};
        try (Scorer scorer = Scorers.open(bundle, 1)) {
            for (int i = 0; i < scores.length; i++) {
                float[] row = new float[4];
                float[] output = new float[1];
                bundle.preprocessing()
                        .prepare(bundle.description().layout(), rows.get(i).features(), slots, row, 0);
                scorer.score(row, 1, output);
                scores[i] = output[0];
            }
        }
        return scores;
    }

    private Map<String, byte[]> written(String name, Trained trained) throws IOException {
        Path bundle = directory.resolve(name);
        BundleWriter.write(bundle, trained.draft());
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(bundle)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
