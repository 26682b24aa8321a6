/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BinaryPaneTest {

    private static final SignalScope SCOPE = new SignalScope("p", 0, 60_000, "1", "web");

    @Test
    void binnedAreasAreWithinTheirPublishedBound() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int bins = 2 + random.nextInt(30);
            Edges edges = Edges.of(random.doubles(bins).toArray());
            ScoreBins counts = new ScoreBins(edges);
            int rows = 2 + random.nextInt(300);
            double[] scores = new double[rows];
            boolean[] labels = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                labels[i] = i == 0 || i != 1 && random.nextInt(4) == 0;
                scores[i] = random.nextInt(50) / 50.0 * (labels[i] ? 1 : 0.8);
                counts.add(scores[i], labels[i]);
            }
            double[] positives = of(scores, labels, true);
            double[] negatives = of(scores, labels, false);
            double auc = slowAuc(positives, negatives);
            double precision = slowAveragePrecision(scores, labels);
            assertThat(SampleMetrics.rocAuc(positives, negatives)).isCloseTo(auc, within(1e-12));
            assertThat(SampleMetrics.averagePrecision(positives, negatives)).isCloseTo(precision, within(1e-12));
            assertThat(Math.abs(BinaryMetrics.rocAuc(counts.positives, counts.negatives) - auc))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(BinaryMetrics.rocAucBound(counts.positives, counts.negatives) + 1e-12);
            assertThat(Math.abs(BinaryMetrics.prAuc(counts.positives, counts.negatives) - precision))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(BinaryMetrics.prAucBound(counts.positives, counts.negatives) + 1e-12);
        }
    }

    private static double[] of(double[] scores, boolean[] labels, boolean label) {
        double[] some = new double[scores.length];
        int size = 0;
        for (int i = 0; i < scores.length; i++) {
            if (labels[i] == label) {
                some[size++] = scores[i];
            }
        }
        return Arrays.stream(some, 0, size).sorted().toArray();
    }

    private static double slowAuc(double[] positives, double[] negatives) {
        double pairs = 0;
        for (double positive : positives) {
            for (double negative : negatives) {
                pairs += positive > negative ? 1 : positive == negative ? 0.5 : 0;
            }
        }
        return pairs / positives.length / negatives.length;
    }

    private static double slowAveragePrecision(double[] scores, boolean[] labels) {
        double sum = 0;
        int positives = 0;
        for (int i = 0; i < scores.length; i++) {
            if (labels[i]) {
                int above = 0;
                int right = 0;
                for (int j = 0; j < scores.length; j++) {
                    above += scores[j] >= scores[i] ? 1 : 0;
                    right += scores[j] >= scores[i] && labels[j] ? 1 : 0;
                }
                sum += (double) right / above;
                positives++;
            }
        }
        return sum / positives;
    }

    @Test
    void saysWhatItCanAndIsSilentAboutTheRest() {
        BinaryPane pane = new BinaryPane(0, new BinaryLayout(Edges.of(0.5), new int[] {10}, 0));
        pane.add(0.25, false, false);
        pane.add(0.75, true, null);
        pane.add(0.75, false, true);
        pane.add(1.5, true, true);
        pane.add(Double.NaN, true, true);
        assertThat(lines(BinarySignals.of(pane, SCOPE)))
                .containsExactly(
                        "accuracy accuracy/millrace 0.6666666666666666 of 3 OK",
                        "precision precision/millrace 0.5 of 3 OK",
                        "recall recall/millrace 1.0 of 3 OK",
                        "f1 f1/millrace 0.6666666666666666 of 3 OK",
                        "roc_auc roc_auc/millrace 0.75 of 4 OK",
                        "roc_auc_error_bound roc_auc_error_bound/millrace 0.25 of 4 OK",
                        "pr_auc pr_auc/millrace 0.6666666666666666 of 4 OK",
                        "pr_auc_error_bound pr_auc_error_bound/millrace 0.33333333333333337 of 4 OK",
                        "roc_auc roc_auc/river_10 0.875 of 4 OK",
                        "log_loss log_loss/millrace " + (-Math.log(0.75) - Math.log(0.75) - Math.log(0.25)) / 3
                                + " of 3 OK",
                        "brier brier/millrace 0.22916666666666666 of 3 OK",
                        "ece ece/equal_width_15 0.25 of 3 OK",
                        "scores_unusable count 1.0 of 5 OK");
    }

    @Test
    void anEmptyPaneIsInsufficient() {
        BinaryPane pane = new BinaryPane(0, new BinaryLayout(Edges.of(0.5), new int[] {10}, 100));
        assertThat(BinarySignals.of(pane, SCOPE)).hasSize(15).allSatisfy(signal -> {
            assertThat(signal.state()).isEqualTo(MonitoringSignal.State.INSUFFICIENT);
            assertThat(signal.value()).isNaN();
            assertThat(signal.sampleSize()).isZero();
            assertThat(signal.segment()).isEqualTo("web");
        });
    }

    @Test
    void exactMetricsOfAWindowBeyondTheLimitAreInsufficient() {
        BinaryPane pane = new BinaryPane(0, new BinaryLayout(Edges.of(0.5), new int[0], 2));
        pane.add(0.9, true, true);
        for (int i = 0; i < 3; i++) {
            pane.add(0.1 * i, false, false);
        }
        assertThat(BinarySignals.of(pane, SCOPE))
                .filteredOn(signal -> List.of("roc_auc/exact", "pr_auc/exact", "ece/equal_mass_10")
                        .contains(signal.definition()))
                .hasSize(3)
                .extracting(MonitoringSignal::state)
                .containsOnly(MonitoringSignal.State.INSUFFICIENT);
    }

    @Test
    void addAllocatesNothing() {
        BinaryPane pane = new BinaryPane(0, new BinaryLayout(Edges.unitInterval(100), new int[] {10}, 0));
        addAll(pane, 20_000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        addAll(pane, 100_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes for 100,000 rows")
                .isLessThan(10_000);
    }

    private static void addAll(BinaryPane pane, int rows) {
        for (int i = 0; i < rows; i++) {
            pane.add(i % 997 / 997.0, i % 7 == 0, i % 3 == 0);
        }
    }

    @Test
    void whatIsReadIsWrittenAgainTheSame() throws IOException {
        byte[] bytes = PaneBytes.of(some(7), BinaryPaneCodec::write);
        assertThat(PaneBytes.of(PaneBytes.read(bytes, BinaryPaneCodec::read), BinaryPaneCodec::write))
                .isEqualTo(bytes);
        PaneBytes.damage(bytes, BinaryPaneCodec::read);
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] bytes = PaneBytes.of(some(8), BinaryPaneCodec::write);
        bytes[0] = 9;
        assertThatThrownBy(() -> PaneBytes.read(bytes, BinaryPaneCodec::read))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "pane: version 9 is unknown, this build reads version 1. Restore with the build that wrote it");
    }

    @Test
    void copySharesNothing() {
        BinaryPane pane = some(9);
        byte[] before = PaneBytes.of(pane, BinaryPaneCodec::write);
        BinaryPane copy = pane.copy();
        copy.add(0.5, true, true);
        assertThat(PaneBytes.of(pane, BinaryPaneCodec::write)).isEqualTo(before);
    }

    @Test
    void panesOfDifferentLayoutsDoNotMerge() {
        BinaryPane one = new BinaryPane(0, new BinaryLayout(Edges.of(0.5), new int[0], 0));
        BinaryPane two = new BinaryPane(0, new BinaryLayout(Edges.of(0.6), new int[0], 0));
        assertThatThrownBy(() -> one.merge(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a pane at 0 with BinaryLayout[ranks=[0.6], riverThresholds=[], exactLimit=0] does not merge"
                                + " into one at 0 with BinaryLayout[ranks=[0.5], riverThresholds=[], exactLimit=0]");
    }

    private static BinaryPane some(long seed) {
        Random random = new Random(seed);
        BinaryPane pane = new BinaryPane(60_000, new BinaryLayout(Edges.of(0.2, 0.5), new int[] {10}, 50));
        for (int i = 0; i < 60; i++) {
            double score = random.nextDouble();
            pane.add(score, random.nextDouble() < score, score > 0.5);
        }
        return pane;
    }

    private static List<String> lines(List<MonitoringSignal> signals) {
        return signals.stream()
                .map(signal -> signal.metric() + " " + signal.definition() + " " + signal.value() + " of "
                        + signal.sampleSize() + " " + signal.state())
                .toList();
    }
}
