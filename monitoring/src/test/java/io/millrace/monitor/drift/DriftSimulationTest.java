/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ColumnProfiler;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import io.millrace.pipeline.spec.DriftDefinition;
import io.millrace.pipeline.spec.DriftMetric;
import io.millrace.pipeline.spec.DriftSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often nothing is called drift, and drift is found. All seeds nightly, a tenth of them otherwise. */
class DriftSimulationTest {

    private static final boolean NIGHTLY = Boolean.getBoolean("millrace.nightly");
    private static final long SEED = Long.getLong("millrace.seed", 4_242);
    private static final int REPLAYS = NIGHTLY ? 1_000 : 100;
    private static final int SHIFTS = 100;
    private static final int FEATURES = 12;
    private static final int REFERENCE_ROWS = 20_000;
    private static final int WINDOW_ROWS = 600;
    private static final SignalScope SCOPE = new SignalScope("p", 0, 60_000, "1", null);
    private static final DriftSpec SPEC =
            new DriftSpec(List.of(), false, List.of(DriftMetric.values()), DriftDefinition.MILLRACE, false, 500);

    private final DriftLayout layout = layout(new Random(SEED));
    private final DriftSignals signals = new DriftSignals(SPEC, layout);

    @Test
    void stationaryReplaysAlarmNoMoreOftenThanStated() {
        Map<DriftMetric, Integer> alarms = new EnumMap<>(DriftMetric.class);
        for (int replay = 0; replay < REPLAYS; replay++) {
            for (MonitoringSignal signal : window(new Random(SEED + 1 + replay), -1)) {
                if (signal.state() == State.ALARM) {
                    alarms.merge(
                            DriftMetric.valueOf(signal.metric().toUpperCase(java.util.Locale.ROOT)), 1, Integer::sum);
                }
            }
        }
        double windows = REPLAYS * FEATURES;
        double expected = windows * DriftThreshold.BY_CHANCE;
        double most = expected + 3 * Math.sqrt(expected);
        System.out.println("DRIFT false alarms in " + windows + " windows " + alarms + ", at most " + most);
        for (DriftMetric metric : DriftMetric.values()) {
            assertThat(alarms.getOrDefault(metric, 0).doubleValue())
                    .as("%s, seed %d", metric, SEED)
                    .isLessThanOrEqualTo(most);
        }
    }

    @Test
    void aShiftOfOneDeviationIsFoundWithinThreeWindowsAndItsFeatureNamedFirst() {
        for (DriftMetric metric : List.of(DriftMetric.PSI, DriftMetric.JS, DriftMetric.KS, DriftMetric.WASSERSTEIN)) {
            int named = 0;
            for (int i = 0; i < SHIFTS; i++) {
                Random random = new Random(SEED + 100_000 + i);
                int shifted = random.nextInt(FEATURES);
                named += foundFirst(random, shifted, metric) ? 1 : 0;
            }
            assertThat(named).as("%s, seed %d", metric, SEED).isGreaterThanOrEqualTo(95);
        }
    }

    private boolean foundFirst(Random random, int shifted, DriftMetric metric) {
        for (int window = 0; window < 3; window++) {
            MonitoringSignal greatest = window(random, shifted).stream()
                    .filter(signal -> signal.metric().equals(metric.word()))
                    .max(Comparator.comparingDouble(MonitoringSignal::value))
                    .orElseThrow();
            if (greatest.state() == State.ALARM) {
                return ("f" + shifted).equals(greatest.feature());
            }
        }
        return false;
    }

    private List<MonitoringSignal> window(Random random, int shifted) {
        DriftPane pane = new DriftPane(0, layout);
        for (int row = 0; row < WINDOW_ROWS; row++) {
            pane.add(layout, row(random, shifted), Double.NaN);
        }
        return signals.of(SCOPE, pane, null);
    }

    private static DriftLayout layout(Random random) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < REFERENCE_ROWS; i++) {
            rows.add(row(random, -1));
        }
        List<ColumnProfile> columns = IntStream.range(0, FEATURES)
                .mapToObj(feature -> ColumnProfiler.of(
                        "f" + feature,
                        rows.stream().mapToDouble(row -> row[feature]).toArray()))
                .toList();
        return new DriftLayout(columns, IntStream.range(0, FEATURES).toArray(), 0);
    }

    /** Normal, skewed, whole and rare values in turn; a shifted feature moves by its standard deviation. */
    private static double[] row(Random random, int shifted) {
        double[] row = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            double shift = i == shifted ? 1 : 0;
            row[i] = switch (i % 4) {
                case 0 -> random.nextGaussian() + shift;
                case 1 -> -Math.log(1 - random.nextDouble()) + shift;
                case 2 -> poisson(random, 4) + 2 * shift;
                default ->
                    (random.nextDouble() < 0.05 ? Double.NaN : random.nextDouble()) + shift * Math.sqrt(1 / 12.0);
            };
        }
        return row;
    }

    private static double poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
