/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import static io.millrace.monitor.GoldenNumbers.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.GoldenNumbers;
import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryGoldenTest {

    /** One half on the calibrated scale. */
    private static final double SKEWED_HALF = Math.pow(0.5, 6);

    private static final SignalScope SCOPE = new SignalScope("golden", 0, 60_000, "1", null);

    /** Seed 0 is one pane in order; every other seed is four panes of shuffled rows, merged in random order. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void meetsTheNumbersOfCalibratedScores(long seed) {
        Map<String, Double> values = values(pane(GoldenNumbers.scores(), 0.5, seed));
        meets(values, "roc_auc/exact", "auc.exact");
        meets(values, "roc_auc/river_10", "auc.river_10_thresholds");
        meets(values, "roc_auc/river_20", "auc.river_20_thresholds");
        meets(values, "roc_auc/river_100", "auc.river_100_thresholds");
        meets(values, "ece/equal_width_15", "ece.equal_width_15.calibrated");
        meets(values, "ece/equal_mass_10", "ece.equal_mass_10.calibrated");
        meets(values, "brier/millrace", "brier.calibrated");
        meets(values, "log_loss/millrace", "logloss.calibrated");
        meets(values, "accuracy/millrace", "realized.accuracy");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void meetsTheNumbersOfSkewedScores(long seed) {
        Map<String, Double> values = values(pane(GoldenNumbers.skewed(), SKEWED_HALF, seed));
        meets(values, "roc_auc/exact", "auc.skewed.exact");
        meets(values, "roc_auc/river_10", "auc.skewed.river_10_thresholds");
        meets(values, "roc_auc/river_20", "auc.skewed.river_20_thresholds");
        meets(values, "roc_auc/river_100", "auc.skewed.river_100_thresholds");
        meets(values, "ece/equal_width_15", "ece.equal_width_15.skewed");
        meets(values, "ece/equal_mass_10", "ece.equal_mass_10.skewed");
        meets(values, "brier/millrace", "brier.skewed");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anySplitAndOrderHasTheSameBytes(long seed) {
        assertThat(PaneBytes.of(pane(GoldenNumbers.skewed(), SKEWED_HALF, seed), BinaryPaneCodec::write))
                .as("seed %d", seed)
                .isEqualTo(PaneBytes.of(pane(GoldenNumbers.skewed(), SKEWED_HALF, 0), BinaryPaneCodec::write));
    }

    private static void meets(Map<String, Double> values, String definition, String golden) {
        assertThat(values.get(definition)).as(golden).isCloseTo(golden(golden), within(1e-9));
    }

    private static Map<String, Double> values(BinaryPane pane) {
        return BinarySignals.of(pane, SCOPE).stream()
                .collect(Collectors.toMap(MonitoringSignal::definition, MonitoringSignal::value));
    }

    private static BinaryPane pane(double[] scores, double threshold, long seed) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        BinaryLayout layout = new BinaryLayout(Edges.quantiles(sorted, 50), new int[] {10, 20, 100}, 2000);
        boolean[] labels = GoldenNumbers.labels();
        List<Integer> rows =
                new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        List<BinaryPane> panes = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < (seed == 0 ? 1 : 4); i++) {
            panes.add(new BinaryPane(0, layout));
        }
        if (seed != 0) {
            Collections.shuffle(rows, random);
        }
        for (int row : rows) {
            panes.get(random.nextInt(panes.size())).add(scores[row], labels[row], scores[row] >= threshold);
        }
        Collections.shuffle(panes, random);
        panes.stream().skip(1).forEach(panes.get(0)::merge);
        return panes.get(0);
    }
}
