/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitor.Simulation;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.performance.binary.BinaryLayout;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.performance.estimate.EstimatedMetric;
import io.millrace.monitor.performance.estimate.EstimationLayout;
import io.millrace.monitor.performance.estimate.EstimationPane;
import io.millrace.monitor.performance.estimate.EstimationSignals;
import io.millrace.monitor.performance.estimate.IsotonicCurve;
import io.millrace.monitor.performance.estimate.SamplingDeviation;
import io.millrace.monitor.statistics.ChiSquare;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of 5,000 rows of five features, scored by the logistic model that their labels follow. */
final class CauseSimulationTest {

    private static final double[] WEIGHTS = {1.2, -0.9, 0.7, 0.5, -0.3};
    private static final int REFERENCE_ROWS = 20_000;
    private static final int ROWS = 5_000;

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"CALIBRATION", "COVARIATE", "CONCEPT", "NONE"})
    void namesWhatWasDone(Cause done) {
        int runs = Simulation.runs(1000);
        Reference reference = new Reference(Simulation.random(-1));
        int named = 0;
        for (int run = 0; run < runs; run++) {
            Rows window = new Rows(Simulation.random(run * 4 + done.ordinal()), ROWS, done);
            named += Diagnosis.of(reference.evidence(window)) == done ? 1 : 0;
        }
        System.out.printf("cause: seed %d: %s named in %d of %d%n", Simulation.SEED, done, named, runs);
        assertThat(named).as("of %d, seed %d", runs, Simulation.SEED).isGreaterThanOrEqualTo(runs * 9 / 10);
    }

    /** What was measured before. */
    private static final class Reference {
        private final Rows rows;
        private final EstimationSignals estimates;
        private final BinaryPane realised;
        private final double rocAucDeviation;

        Reference(Random random) {
            rows = new Rows(random, REFERENCE_ROWS, Cause.NONE);
            Map<EstimatedMetric, Double> deviations = SamplingDeviation.of(rows.scores, rows.labels, rows.decisions());
            estimates = new EstimationSignals(deviations, Map.of());
            realised = rows.realised();
            rocAucDeviation = deviations.get(EstimatedMetric.ROC_AUC);
        }

        CauseEvidence evidence(Rows window) {
            BinaryPane pane = window.realised();
            return new CauseEvidence(
                    estimates.estimate(window.estimated(), EstimatedMetric.ACCURACY),
                    pane.confusion().accuracy(),
                    pane.rocAuc(),
                    realised.rocAuc(),
                    rocAucDeviation * Math.sqrt(1.0 / ROWS + 1.0 / REFERENCE_ROWS),
                    CalibrationFit.pValue(pane.calibration()),
                    pane.calibration().error(),
                    realised.calibration().error(),
                    rows.movedTo(window));
        }
    }

    /** One stream. */
    private static final class Rows {
        private static final BinaryLayout LAYOUT = new BinaryLayout(Edges.unitInterval(500), new int[0], 0);

        final double[][] features;
        final double[] scores;
        final boolean[] labels;

        Rows(Random random, int rows, Cause done) {
            features = new double[rows][WEIGHTS.length];
            scores = new double[rows];
            labels = new boolean[rows];
            for (int row = 0; row < rows; row++) {
                double logit = -0.4;
                for (int i = 0; i < WEIGHTS.length; i++) {
                    double moved = done == Cause.COVARIATE && i < 2 ? 0.5 : 0;
                    features[row][i] = random.nextGaussian() + moved;
                    logit += WEIGHTS[i] * features[row][i];
                }
                boolean flipped = done == Cause.CONCEPT && random.nextDouble() < 0.1;
                labels[row] = random.nextDouble() < logistic(logit) != flipped;
                scores[row] = logistic(done == Cause.CALIBRATION ? 2 * logit : logit);
            }
        }

        private static double logistic(double logit) {
            return 1 / (1 + Math.exp(-logit));
        }

        boolean[] decisions() {
            boolean[] decisions = new boolean[scores.length];
            for (int row = 0; row < scores.length; row++) {
                decisions[row] = scores[row] >= 0.5;
            }
            return decisions;
        }

        BinaryPane realised() {
            BinaryPane pane = new BinaryPane(0, LAYOUT);
            for (int row = 0; row < scores.length; row++) {
                pane.add(scores[row], labels[row], scores[row] >= 0.5);
            }
            return pane;
        }

        EstimationPane estimated() {
            EstimationPane pane =
                    new EstimationPane(0, new EstimationLayout(Edges.unitInterval(500), 0, IsotonicCurve.IDENTITY));
            for (double score : scores) {
                pane.add(score, score >= 0.5);
            }
            return pane;
        }

        /** PSI of any feature above 0.1 and above what chance gives, corrected for their number. */
        boolean movedTo(Rows window) {
            for (int i = 0; i < WEIGHTS.length; i++) {
                double[] before = column(i);
                Edges edges = Edges.quantiles(before, 10);
                double[] left = shares(before, edges);
                double[] right = shares(window.column(i), edges);
                double psi = 0;
                for (int bin = 0; bin < 10; bin++) {
                    psi += (right[bin] - left[bin]) * Math.log(right[bin] / left[bin]);
                }
                double p = ChiSquare.upperTail(psi / (1.0 / scores.length + 1.0 / window.scores.length), 9);
                if (psi > 0.1 && p < 0.05 / WEIGHTS.length) {
                    return true;
                }
            }
            return false;
        }

        private double[] column(int feature) {
            return Arrays.stream(features)
                    .mapToDouble(row -> row[feature])
                    .sorted()
                    .toArray();
        }

        private static double[] shares(double[] values, Edges edges) {
            double[] shares = new double[edges.bins()];
            for (double value : values) {
                shares[edges.bin(value)] += 1.0 / values.length;
            }
            return shares;
        }
    }
}
