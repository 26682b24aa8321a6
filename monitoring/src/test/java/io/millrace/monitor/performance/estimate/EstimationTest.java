/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import static io.millrace.monitor.GoldenNumbers.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.GoldenNumbers;
import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.performance.binary.BinaryLayout;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EstimationTest {

    private static final EstimationLayout EXACT = layout(2000);

    private static EstimationLayout layout(int exactLimit) {
        double[] sorted = GoldenNumbers.scores();
        Arrays.sort(sorted);
        return new EstimationLayout(Edges.quantiles(sorted, 100), exactLimit, IsotonicCurve.IDENTITY);
    }

    /** Seed 0 is one pane in order; every other seed is four panes of shuffled rows, merged in random order. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void meetsTheGoldenNumbers(long seed) {
        EstimationPane pane = pane(EXACT, seed);
        meets("cbpe.calibrated.tp", pane.truePositives(), 1e-9);
        meets("cbpe.calibrated.fp", pane.falsePositives(), 1e-9);
        meets("cbpe.calibrated.fn", pane.falseNegatives(), 1e-9);
        meets("cbpe.calibrated.tn", pane.trueNegatives(), 1e-9);
        meets("cbpe.calibrated.accuracy", pane.value(EstimatedMetric.ACCURACY), 1e-9);
        meets("cbpe.calibrated.precision", pane.value(EstimatedMetric.PRECISION), 1e-9);
        meets("cbpe.calibrated.recall", pane.value(EstimatedMetric.RECALL), 1e-9);
        meets("cbpe.calibrated.f1", pane.value(EstimatedMetric.F1), 1e-9);
        meets("cbpe.calibrated.roc_auc", pane.value(EstimatedMetric.ROC_AUC), 1e-8);
        assertThat(PaneBytes.of(pane, EstimationPaneCodec::write))
                .isEqualTo(PaneBytes.of(pane(EXACT, 0), EstimationPaneCodec::write));
    }

    @Test
    void binnedAreaIsWithinItsBound() {
        EstimationPane pane = pane(layout(0), 0);
        double exact = golden("cbpe.calibrated.roc_auc");
        assertThat(pane.areaErrorBound()).isBetween(1e-4, 0.01);
        assertThat(Math.abs(pane.value(EstimatedMetric.ROC_AUC) - exact)).isLessThanOrEqualTo(pane.areaErrorBound());
    }

    private static void meets(String golden, double value, double tolerance) {
        assertThat(value).as(golden).isCloseTo(golden(golden), within(tolerance));
    }

    private static EstimationPane pane(EstimationLayout layout, long seed) {
        double[] scores = GoldenNumbers.scores();
        List<Integer> rows =
                new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        Random random = new Random(seed);
        List<EstimationPane> panes = new ArrayList<>();
        for (int i = 0; i < (seed == 0 ? 1 : 4); i++) {
            panes.add(new EstimationPane(0, layout));
        }
        if (seed != 0) {
            Collections.shuffle(rows, random);
        }
        for (int row : rows) {
            panes.get(random.nextInt(panes.size())).add(scores[row], scores[row] >= 0.5);
        }
        Collections.shuffle(panes, random);
        panes.stream().skip(1).forEach(panes.get(0)::merge);
        return panes.get(0);
    }

    @Test
    void standardErrorIsTheSpreadOfRealisedMetrics() {
        Random random = new Random(17);
        int rows = 1000;
        double[][] realised = new double[EstimatedMetric.values().length][400];
        for (int chunk = 0; chunk < 400; chunk++) {
            Sample sample = new Sample(random, rows);
            for (EstimatedMetric metric : EstimatedMetric.values()) {
                realised[metric.ordinal()][chunk] = sample.realised(metric);
            }
        }
        Sample reference = new Sample(random, 50_000);
        Map<EstimatedMetric, Double> deviations =
                SamplingDeviation.of(reference.scores, reference.labels, reference.decisions);
        for (EstimatedMetric metric : EstimatedMetric.values()) {
            double spread = spread(realised[metric.ordinal()]);
            assertThat(deviations.get(metric) / Math.sqrt(rows))
                    .as("%s, seed 17", metric)
                    .isCloseTo(spread, within(0.12 * spread));
        }
    }

    private static double spread(double[] values) {
        ReferenceBand band = ReferenceBand.of(values);
        return (band.high() - band.low()) / 6;
    }

    /** Rows whose labels follow their scores. */
    private static final class Sample {
        final double[] scores;
        final boolean[] labels;
        final boolean[] decisions;

        Sample(Random random, int rows) {
            scores = random.doubles(rows).map(x -> x * x).toArray();
            labels = new boolean[rows];
            decisions = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                labels[i] = random.nextDouble() < scores[i];
                decisions[i] = scores[i] > 0.4;
            }
        }

        double realised(EstimatedMetric metric) {
            var pane = new BinaryPane(0, new BinaryLayout(Edges.unitInterval(200), new int[0], 0));
            for (int i = 0; i < scores.length; i++) {
                pane.add(scores[i], labels[i], decisions[i]);
            }
            return switch (metric) {
                case ACCURACY -> pane.confusion().accuracy();
                case PRECISION -> pane.confusion().precision();
                case RECALL -> pane.confusion().recall();
                case F1 -> pane.confusion().f1();
                case ROC_AUC -> pane.rocAuc();
            };
        }
    }

    @Test
    void intervalHoldsWhatIsRealisedLater() {
        Random random = new Random(23);
        Sample reference = new Sample(random, 20_000);
        EstimationSignals signals = new EstimationSignals(
                SamplingDeviation.of(reference.scores, reference.labels, reference.decisions), Map.of());
        int held = 0;
        for (int window = 0; window < 200; window++) {
            Sample sample = new Sample(random, 1000);
            EstimationPane pane = new EstimationPane(0, EXACT);
            for (int i = 0; i < 1000; i++) {
                pane.add(sample.scores[i], sample.decisions[i]);
            }
            for (EstimatedMetric metric : EstimatedMetric.values()) {
                held += signals.estimate(pane, metric).holds(sample.realised(metric)) ? 1 : 0;
            }
        }
        assertThat(held).as("of 1000, seed 23").isGreaterThanOrEqualTo(990);
    }

    @Test
    void leavingTheBandOfTheReferenceIsAnAlarm() {
        EstimationPane pane = new EstimationPane(0, EXACT);
        pane.add(0.9, true);
        pane.add(0.2, false);
        pane.add(Double.NaN, true);
        EstimationSignals signals = new EstimationSignals(
                Map.of(EstimatedMetric.ACCURACY, 0.2),
                Map.of(EstimatedMetric.ACCURACY, ReferenceBand.of(new double[] {0.95, 0.97, 0.96})));
        assertThat(signals.of(pane, new SignalScope("p", 0, 60_000, "1", null)))
                .extracting(signal -> signal.metric() + " " + Math.round(signal.value() * 1e4) + " " + signal.state())
                .containsExactly(
                        "estimated_accuracy 8500 ALARM",
                        "estimated_accuracy_low 4257 OK",
                        "estimated_accuracy_high 10000 OK",
                        "estimated_precision 9000 OK",
                        "estimated_recall 8182 OK",
                        "estimated_f1 8571 OK",
                        "estimated_roc_auc 8535 OK",
                        "estimated_roc_auc_error_bound 0 OK",
                        "scores_unusable 10000 OK");
        assertThat(signals.of(new EstimationPane(0, layout(0)), new SignalScope("p", 0, 60_000, "1", null)))
                .extracting(MonitoringSignal::state)
                .containsOnly(MonitoringSignal.State.INSUFFICIENT);
    }

    @Test
    void aCurveIsUsedOnlyWhereItLowersTheCalibrationError() {
        Sample sample = new Sample(new Random(5), 5000);
        double[] overconfident = new double[5000];
        for (int i = 0; i < 5000; i++) {
            double p = sample.scores[i];
            overconfident[i] = p * p / (p * p + (1 - p) * (1 - p));
        }
        double[] heights =
                IntStream.rangeClosed(0, 1000).mapToDouble(i -> i / 1000.0).toArray();
        double[] knots = IntStream.rangeClosed(0, 1000)
                .mapToDouble(i -> i / 1000.0)
                .map(p -> p * p / (p * p + (1 - p) * (1 - p)))
                .toArray();
        IsotonicCurve curve = new IsotonicCurve(knots, heights);
        assertThat(curve.ifItHelps(of(overconfident, sample.labels, true), of(overconfident, sample.labels, false)))
                .isSameAs(curve);
        assertThat(curve.ifItHelps(of(sample.scores, sample.labels, true), of(sample.scores, sample.labels, false)))
                .isSameAs(IsotonicCurve.IDENTITY);
        assertThat(curve.ifItHelps(new double[] {0.8, 0.9}, new double[] {0.1})).isSameAs(IsotonicCurve.IDENTITY);
        assertThat(curve.ifItHelps(new double[] {0.8}, new double[0])).isSameAs(IsotonicCurve.IDENTITY);
    }

    private static double[] of(double[] scores, boolean[] labels, boolean label) {
        return IntStream.range(0, scores.length)
                .filter(i -> labels[i] == label)
                .mapToDouble(i -> scores[i])
                .sorted()
                .toArray();
    }

    @Test
    void aCurveIsStraightBetweenKnotsAndLevelBeyond() {
        IsotonicCurve curve = new IsotonicCurve(new double[] {0.2, 0.4, 0.5}, new double[] {0.1, 0.1, 0.6});
        assertThat(curve.probability(-1)).isEqualTo(0.1);
        assertThat(curve.probability(0.45)).isCloseTo(0.35, within(1e-12));
        assertThat(curve.probability(0.5)).isEqualTo(0.6);
        assertThat(curve.probability(7)).isEqualTo(0.6);
        assertThatThrownBy(() -> new IsotonicCurve(new double[] {0.2, 0.4}, new double[] {0.3, 0.1}))
                .hasMessage(
                        "knot 1 is at 0.4 with probability 0.1: scores must ascend, probabilities must lie between 0"
                                + " and 1 and never fall");
    }

    @Test
    void bytesAreReadBackOrRefused() throws IOException {
        byte[] bytes = PaneBytes.of(pane(EXACT, 1), EstimationPaneCodec::write);
        EstimationPane read = PaneBytes.read(bytes, EstimationPaneCodec::read);
        assertThat(PaneBytes.of(read, EstimationPaneCodec::write)).isEqualTo(bytes);
        PaneBytes.damage(bytes, EstimationPaneCodec::read);
    }
}
