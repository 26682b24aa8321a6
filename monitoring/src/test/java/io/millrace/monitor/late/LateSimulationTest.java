/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.Simulation;
import io.millrace.monitor.exact.Edges;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * 20,000 events over 30 days, base rate 2 %, delay exponential with mean 10 days, score Beta(4, 2) for positives and Beta(1,
 * 8) for negatives, decision at 0.5, events older than one day. F is learned from as many events that are matured.
 */
final class LateSimulationTest {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long HORIZON = 80 * DAY;
    private static final long NOW = 400 * DAY;
    private static final LateLayout LAYOUT = new LateLayout(6 * HOUR, HORIZON, 320, Edges.of(0.5, 0.7));

    @Test
    void correctedPrecisionIsTheTrueOneAndItsIntervalCovers() {
        int runs = Simulation.runs(2000);
        double truth = 0;
        double naive = 0;
        double corrected = 0;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            Replay replay = new Replay(Simulation.random(run), false);
            LateCorrection window = replay.correction(false);
            Corrected precision = window.corrected(LateMetric.PRECISION);
            truth += replay.truePrecision() / runs;
            naive += window.naive(LateMetric.PRECISION) / runs;
            corrected += precision.value() / runs;
            covered += precision.low() <= replay.truePrecision() && replay.truePrecision() <= precision.high() ? 1 : 0;
        }
        System.out.printf(
                "late labels: seed %d, %d runs: true precision %.4f, naive %.4f, corrected %.4f, covered %.2f %%%n",
                Simulation.SEED, runs, truth, naive, corrected, 100.0 * covered / runs);
        assertThat(truth).as("seed %d", Simulation.SEED).isCloseTo(0.810, within(0.01));
        assertThat(naive).as("seed %d", Simulation.SEED).isCloseTo(0.570, within(0.01));
        assertThat(corrected).as("seed %d", Simulation.SEED).isCloseTo(truth, within(0.005));
        assertThat((double) covered / runs).as("seed %d", Simulation.SEED).isGreaterThanOrEqualTo(0.92);
    }

    @Test
    void delaysThatDependOnTheScoreAreFoundAndCorrectedByBand() {
        int runs = Simulation.runs(500);
        int found = 0;
        int wronglyFound = 0;
        double pooled = 0;
        double byBand = 0;
        double truth = 0;
        for (int run = 0; run < runs; run++) {
            Replay dependent = new Replay(Simulation.random(run), true);
            Replay independent = new Replay(Simulation.random(runs + run), false);
            found += DelayHomogeneity.pValue(dependent.distribution) < 0.01 ? 1 : 0;
            wronglyFound += DelayHomogeneity.pValue(independent.distribution) < 0.01 ? 1 : 0;
            pooled +=
                    dependent.correction(false).corrected(LateMetric.PRECISION).value() / runs;
            byBand += dependent.correction(true).corrected(LateMetric.PRECISION).value() / runs;
            truth += dependent.truePrecision() / runs;
        }
        assertThat(found).as("of %d, seed %d", runs, Simulation.SEED).isGreaterThanOrEqualTo(runs * 9 / 10);
        assertThat(wronglyFound).as("of %d, seed %d", runs, Simulation.SEED).isLessThanOrEqualTo(runs * 4 / 100);
        assertThat(byBand).as("seed %d", Simulation.SEED).isCloseTo(truth, within(0.02));
        assertThat(Math.abs(pooled - truth)).as("seed %d", Simulation.SEED).isGreaterThan(2 * Math.abs(byBand - truth));
    }

    /** One history and one window. */
    private static final class Replay {
        private final DelayDistribution distribution = new DelayDistribution(LAYOUT);
        private final List<LatePane> window = new ArrayList<>();
        private final Random random;
        private final boolean dependent;
        private double decided;
        private double hits;

        Replay(Random random, boolean dependent) {
            this.random = random;
            this.dependent = dependent;
            for (LatePane pane : cells(NOW - HORIZON - 31 * DAY)) {
                distribution.learn(pane, NOW);
            }
            decided = 0;
            hits = 0;
            window.addAll(cells(NOW - 30 * DAY));
        }

        private List<LatePane> cells(long start) {
            List<LatePane> cells = new ArrayList<>();
            for (long cell = start; cell < start + 30 * DAY; cell += LAYOUT.cellMillis()) {
                cells.add(new LatePane(cell, LAYOUT));
            }
            for (int event = 0; event < 20_000; event++) {
                long time = start + (long) (random.nextDouble() * 30 * DAY);
                add(cells.get((int) ((time - start) / LAYOUT.cellMillis())), time);
            }
            return cells;
        }

        private void add(LatePane pane, long time) {
            boolean positive = random.nextDouble() < 0.02;
            double score = positive ? beta(4, 2) : beta(1, 8);
            boolean decision = score >= 0.5;
            double mean = dependent && score > 0.7 ? 3 * DAY : 10 * DAY;
            long delay = (long) (-Math.log(1 - random.nextDouble()) * mean);
            pane.addPrediction(score, decision);
            if (positive && time + delay <= NOW) {
                pane.addPositive(score, decision, time + delay - pane.cellStartMillis());
            }
            if (decision && pane.ageMillis(NOW) >= DAY) {
                decided++;
                hits += positive ? 1 : 0;
            }
        }

        private double beta(int a, int b) {
            double up = gamma(a);
            return up / (up + gamma(b));
        }

        private double gamma(int shape) {
            double sum = 0;
            for (int i = 0; i < shape; i++) {
                sum -= Math.log(1 - random.nextDouble());
            }
            return sum;
        }

        LateCorrection correction(boolean perBand) {
            return new LateCorrection(window, distribution, NOW, DAY, perBand);
        }

        double truePrecision() {
            return hits / decided;
        }
    }
}
