/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PerformancePanesTest {

    private static final SignalScope SCOPE = new SignalScope("p", 0, 60_000, "1", null);

    @Test
    void classesAreCountedAndTheirProbabilitiesPunished() {
        MulticlassPane pane = new MulticlassPane(0);
        pane.add(2, 2, 0.5);
        pane.add(1, 2, 0.25);
        pane.add(0, 1, 0);
        pane.add(0, 1, Double.NaN);
        assertThat(pane.accuracy()).isEqualTo(1.0 / 3);
        assertThat(pane.logLoss()).isCloseTo((3 * Math.log(2) - Math.log(1e-15)) / 3, within(1e-12));
        assertThat(lines(PerformanceSignals.of(pane, SCOPE))).last().isEqualTo("rows_unusable count 1.0 of 4");
    }

    @Test
    void errorsOfNumbersAreTheirMeans() {
        RegressionPane pane = new RegressionPane(0, 0.9);
        pane.add(8, 10);
        pane.add(5, 4);
        pane.add(3, 0);
        pane.add(Double.POSITIVE_INFINITY, 1);
        assertThat(lines(PerformanceSignals.of(pane, SCOPE)))
                .containsExactly(
                        "mae mae/millrace 2.0 of 3",
                        "rmse rmse/millrace " + Math.sqrt(14.0 / 3) + " of 3",
                        "mape mape/millrace 0.225 of 2",
                        "pinball pinball/0.9 " + (1.8 + 0.1 + 0.3) / 3 + " of 3",
                        "rows_unusable count 1.0 of 4");
    }

    @Test
    void aRankedListIsComparedWithItsIdeal() {
        double[] relevance = {0, 3, 0, 1, 2};
        double log3 = Math.log(3) / Math.log(2);
        double log5 = Math.log(5) / Math.log(2);
        double ideal = 3 + 2 / log3 + 1 / 2.0;
        assertThat(RankedList.ndcg(relevance, 4)).isCloseTo((3 / log3 + 1 / log5) / ideal, within(1e-12));
        assertThat(RankedList.reciprocalRank(relevance, 4)).isEqualTo(0.5);
        assertThat(RankedList.averagePrecision(relevance, 4)).isCloseTo((0.5 + 0.5) / 3, within(1e-12));
        assertThat(RankedList.averagePrecision(relevance, 2)).isCloseTo(0.25, within(1e-12));
        assertThat(RankedList.hit(relevance, 1)).isZero();
        assertThat(RankedList.ndcg(new double[] {2, 1, 0}, 10)).isOne();
    }

    @Test
    void listsWithoutAnythingRelevantAreLeftOut() {
        RankingPane pane = new RankingPane(0, 2);
        pane.add(new double[] {0, 1});
        pane.add(new double[] {1, 0, 1});
        pane.add(new double[] {0, 0, 1});
        pane.add(new double[] {0, 0});
        pane.add(new double[] {-1});
        assertThat(lines(PerformanceSignals.of(pane, SCOPE)))
                .contains(
                        "mrr mrr@2 0.5 of 3",
                        "map map@2 0.3333333333333333 of 3",
                        "hit_rate hit_rate@2 0.6666666666666666 of 3",
                        "lists_without_relevant count 1.0 of 4",
                        "rows_unusable count 1.0 of 4");
    }

    @Test
    void fourPanesOfShuffledRowsAreOnePane() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            RegressionPane numbers = new RegressionPane(0, 0.5);
            RankingPane lists = new RankingPane(0, 3);
            RegressionPane[] someNumbers = new RegressionPane[4];
            RankingPane[] someLists = new RankingPane[4];
            for (int i = 0; i < 4; i++) {
                someNumbers[i] = new RegressionPane(0, 0.5);
                someLists[i] = new RankingPane(0, 3);
            }
            for (int i = 0; i < 300; i++) {
                double truth = random.nextGaussian();
                double[] relevance = random.ints(5, 0, 3).asDoubleStream().toArray();
                numbers.add(1, truth);
                lists.add(relevance);
                someNumbers[random.nextInt(4)].add(1, truth);
                someLists[random.nextInt(4)].add(relevance);
            }
            for (int i = 2; i >= 0; i--) {
                someNumbers[3].merge(someNumbers[i]);
                someLists[3].merge(someLists[i]);
            }
            byte[] ofNumbers = PaneBytes.of(numbers, PerformancePaneCodec::write);
            byte[] ofLists = PaneBytes.of(lists, PerformancePaneCodec::write);
            assertThat(PaneBytes.of(someNumbers[3], PerformancePaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(ofNumbers);
            assertThat(PaneBytes.of(someLists[3], PerformancePaneCodec::write))
                    .as("seed %d", seed)
                    .isEqualTo(ofLists);
            assertThat(PaneBytes.read(ofNumbers, PerformancePaneCodec::readRegression)
                            .rmse())
                    .isEqualTo(numbers.rmse());
            assertThat(PaneBytes.read(ofLists, PerformancePaneCodec::readRanking)
                            .ndcg())
                    .isEqualTo(lists.ndcg());
        }
    }

    @Test
    void bytesAreReadBackOrRefused() throws IOException {
        MulticlassPane classes = new MulticlassPane(60_000);
        classes.add(1, 1, 0.5);
        byte[] bytes = PaneBytes.of(classes, PerformancePaneCodec::write);
        MulticlassPane read = PaneBytes.read(bytes, PerformancePaneCodec::readMulticlass);
        assertThat(PaneBytes.of(read, PerformancePaneCodec::write)).isEqualTo(bytes);
        PaneBytes.damage(bytes, PerformancePaneCodec::readMulticlass);
        PaneBytes.damage(
                PaneBytes.of(new RankingPane(0, 5), PerformancePaneCodec::write), PerformancePaneCodec::readRanking);
        PaneBytes.damage(
                PaneBytes.of(new RegressionPane(0, 0.5), PerformancePaneCodec::write),
                PerformancePaneCodec::readRegression);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> new RankingPane(0, 5).merge(new RankingPane(0, 6)))
                .hasMessage("a pane of depth 6 does not merge into one of 5");
        assertThatThrownBy(() -> new RegressionPane(0, 0.5).merge(new RegressionPane(1, 0.5)))
                .hasMessage("a pane at 1 does not merge into one at 0");
        assertThatThrownBy(() -> new RegressionPane(0, 1)).hasMessage("a quantile is between 0 and 1, found 1.0");
    }

    private static List<String> lines(List<MonitoringSignal> signals) {
        return signals.stream()
                .map(signal -> signal.metric() + " " + signal.definition() + " " + signal.value() + " of "
                        + signal.sampleSize())
                .toList();
    }
}
