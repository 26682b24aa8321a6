/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.distance.MillraceDrift;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ColumnProfiler;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import io.millrace.pipeline.spec.DriftDefinition;
import io.millrace.pipeline.spec.DriftMetric;
import io.millrace.pipeline.spec.DriftSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counting and comparing: the same in any order and over any number of panes, and what each signal says. */
class DriftPaneTest {

    private static final long SEED = Long.getLong("millrace.seed", 20_261);
    private static final SignalScope SCOPE = new SignalScope("p", 0, 60_000, "1", null);
    private static final int ROWS = 2_000;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(DriftDefinition.class)
    void anyOrderAndAnySplitMakeTheSameBits(DriftDefinition definition) throws IOException {
        DriftLayout layout = layout(definition);
        DriftSignals signals = new DriftSignals(spec(definition), layout);
        List<double[]> rows = rows(ROWS, 0.5);
        DriftPane whole = new DriftPane(0, layout);
        rows.forEach(row -> whole.add(layout, row, row[2]));
        List<MonitoringSignal> expected = signals.of(SCOPE, whole, whole);
        assertThat(expected).hasSize(2 * 3 * definition.metrics().size());

        Collections.shuffle(rows, random);
        List<DriftPane> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parts.add(new DriftPane(0, layout));
        }
        rows.forEach(row -> parts.get(random.nextInt(4)).add(layout, row, row[2]));
        Collections.shuffle(parts, random);
        DriftPane merged = new DriftPane(0, layout);
        for (DriftPane part : parts) {
            merged.merge(read(bytes(part)));
        }
        assertThat(signals.of(SCOPE, merged, merged.copy())).as("seed %d", SEED).isEqualTo(expected);
        assertThat(bytes(merged)).isEqualTo(bytes(whole));
    }

    @Test
    void aShiftIsAnAlarmAndTheSameDistributionIsNot() {
        DriftLayout layout = layout(DriftDefinition.MILLRACE);
        DriftSignals signals = new DriftSignals(spec(DriftDefinition.MILLRACE), layout);
        DriftPane same = pane(layout, rows(ROWS, 0));
        DriftPane shifted = pane(layout, rows(ROWS, 1));
        for (MonitoringSignal signal : signals.of(SCOPE, same, null)) {
            assertThat(signal.state()).as("%s, seed %d", signal, SEED).isEqualTo(State.OK);
            assertThat(signal.referenceSize()).isEqualTo(10_000);
            assertThat(signal.sampleSize()).isEqualTo(ROWS);
            assertThat(signal.byChance()).isPositive();
        }
        List<MonitoringSignal> found = signals.of(SCOPE, shifted, same);
        assertThat(found)
                .filteredOn(signal -> "a".equals(signal.feature()))
                .as("seed %d", SEED)
                .allMatch(signal -> signal.state() == State.ALARM)
                .extracting(MonitoringSignal::metric)
                .contains("psi", "psi_previous");
        assertThat(found)
                .filteredOn(signal -> "b".equals(signal.feature()))
                .as("seed %d", SEED)
                .allMatch(signal -> signal.state() == State.OK);
        assertThat(found)
                .filteredOn(signal -> signal.feature() == null)
                .extracting(MonitoringSignal::metric)
                .contains("score_psi", "score_psi_previous");
    }

    @Test
    void whatIsMissingIsABinOfItsOwn() {
        DriftLayout layout = layout(DriftDefinition.MILLRACE);
        List<double[]> rows = rows(ROWS, 0);
        for (int i = 0; i < ROWS; i += 3) {
            rows.get(i)[0] = Double.NaN;
        }
        List<MonitoringSignal> found =
                new DriftSignals(spec(DriftDefinition.MILLRACE), layout).of(SCOPE, pane(layout, rows), null);
        assertThat(value(found, "a", "psi")).as("seed %d", SEED).isGreaterThan(0.5);
        assertThat(value(found, "a", "l_infinity")).isCloseTo(1 / 3.0, within(0.001));
        assertThat(value(found, "a", "ks"))
                .as("missing values have no place on the line")
                .isLessThan(0.05);
    }

    @Test
    void fewRowsSayNothing() {
        DriftLayout layout = layout(DriftDefinition.MILLRACE);
        DriftSignals signals = new DriftSignals(spec(DriftDefinition.MILLRACE), layout);
        assertThat(signals.of(SCOPE, pane(layout, rows(499, 3)), null))
                .singleElement()
                .satisfies(signal -> {
                    assertThat(signal.metric()).isEqualTo("rows");
                    assertThat(signal.value()).isEqualTo(499);
                    assertThat(signal.threshold()).isEqualTo(500);
                    assertThat(signal.state()).isEqualTo(State.INSUFFICIENT);
                });
        assertThat(signals.of(SCOPE, pane(layout, rows(500, 3)), null)).hasSizeGreaterThan(1);
        assertThat(signals.of(SCOPE, new DriftPane(0, layout), null)).hasSize(1);
    }

    @Test
    void theWassersteinDistanceOfBinsIsThatOfAStraightLineBetweenBorders() {
        double[] borders = {0, 1, 3};
        long[] reference = {0, 4, 4, 0};
        long[] current = {2, 0, 4, 2};
        double exact = integral(borders, shares(reference), shares(current));
        assertThat(MillraceDrift.wasserstein(borders, reference, current, 2)).isCloseTo(exact / 2, within(1e-6));
    }

    @Test
    void damagedBytesAreRefused() throws IOException {
        byte[] bytes = bytes(pane(layout(DriftDefinition.MILLRACE), rows(10, 0)));
        bytes[0] = 9;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9 is unknown");
    }

    /** Slow and obvious: a million small steps. */
    private static double integral(double[] borders, double[] r, double[] c) {
        int steps = 1_000_000;
        double width = (borders[borders.length - 1] - borders[0]) / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double x = borders[0] + (i + 0.5) * width;
            sum += Math.abs(cumulative(borders, r, x) - cumulative(borders, c, x)) * width;
        }
        return sum;
    }

    private static double cumulative(double[] borders, double[] shares, double x) {
        double sum = shares[0];
        for (int i = 1; i < borders.length; i++) {
            double part = Math.max(0, Math.min(1, (x - borders[i - 1]) / (borders[i] - borders[i - 1])));
            sum += part * shares[i];
        }
        return sum;
    }

    private static double[] shares(long[] counts) {
        long total = Arrays.stream(counts).sum();
        return Arrays.stream(counts)
                .mapToDouble(count -> (double) count / total)
                .toArray();
    }

    private static double value(List<MonitoringSignal> signals, String feature, String metric) {
        return signals.stream()
                .filter(signal -> feature.equals(signal.feature()) && metric.equals(signal.metric()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private DriftLayout layout(DriftDefinition definition) {
        List<double[]> reference = rows(10_000, 0);
        return new DriftLayout(
                List.of(column("a", reference, 0), column("b", reference, 1), column("score", reference, 2)),
                new int[] {0, 1, DriftLayout.SCORE},
                definition.needsSamples() ? DriftLayout.MOST_SAMPLED : 0);
    }

    private static ColumnProfile column(String name, List<double[]> rows, int column) {
        return ColumnProfiler.of(
                name, rows.stream().mapToDouble(row -> row[column]).toArray());
    }

    private static DriftSpec spec(DriftDefinition definition) {
        List<DriftMetric> metrics = definition.metrics();
        return new DriftSpec(List.of(), true, metrics, definition, true, 500);
    }

    private static DriftPane pane(DriftLayout layout, List<double[]> rows) {
        DriftPane pane = new DriftPane(0, layout);
        rows.forEach(row -> pane.add(layout, row, row[2]));
        return pane;
    }

    /** A normal feature that moves, one of few values that does not, and a score between 0 and 1. */
    private List<double[]> rows(int count, double shift) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double a = random.nextGaussian() + shift;
            rows.add(new double[] {a, random.nextInt(3), 1 / (1 + Math.exp(-a))});
        }
        return rows;
    }

    private static byte[] bytes(DriftPane pane) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pane.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static DriftPane read(byte[] bytes) throws IOException {
        return DriftPane.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
