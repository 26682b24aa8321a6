/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.profile.ColumnProfiler;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.QualitySpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Faults are put in at known rates, and have to be reported at those rates. */
final class QualityMonitorTest {

    private static final PaneKey KEY =
            new PaneKey(PaneKind.TRAFFIC, 60_000, new ModelVersion("m", "1", "d"), PaneKey.ALL);
    private static final QualitySpec SPEC = new QualitySpec(0.05, true, 0.02, 0.001, 0.01);
    private static final List<String> FEATURES = List.of("amount", "channel");
    private static final QualityMonitor MONITOR = new QualityMonitor(SPEC, FEATURES, true, profile());
    private static final QualityLayout LAYOUT = new QualityLayout(SPEC, FEATURES, profile());
    private static final int ROWS = 2_000;

    /** A row of a window: two values and an id. */
    private record Row(double amount, double channel, String id) {}

    @Test
    void faultsAreReportedAtTheRatesAtWhichTheyWerePutIn() {
        List<Row> rows = faulty(new Random(5));
        QualityPane pane = pane(rows);
        assertThat(say(pane, null))
                .containsExactly(
                        "missing_share amount 0.1 ALARM",
                        "out_of_range amount 0.03 ALARM",
                        "cardinality amount " + distinctAmounts(rows) + " OK",
                        "missing_share channel 0.0 OK",
                        "out_of_range channel 0.0025 OK",
                        "unseen channel 0.005 ALARM",
                        "cardinality channel 5.0 OK",
                        "duplicates null 0.02 ALARM",
                        "volume null 2000.0 OK",
                        "freshness_ms null 1500.0 OK");
    }

    @Test
    void volumeIsComparedWithTheWindowRightBefore() {
        PaneKey earlier = new PaneKey(PaneKind.TRAFFIC, 0, KEY.model(), PaneKey.ALL);
        QualityPane before = MONITOR.newPart(earlier);
        for (Row row : faulty(new Random(1)).subList(0, 500)) {
            add(before, row);
        }
        assertThat(say(pane(faulty(new Random(2))), before)).contains("volume_ratio null 4.0 OK");
    }

    @Test
    void segmentsHaveSharesAndNoSketches() {
        PaneKey segment = new PaneKey(PaneKind.TRAFFIC, 60_000, KEY.model(), "channel=1");
        QualityPane pane = MONITOR.newPart(segment);
        add(pane, new Row(Double.NaN, 9, "a"));
        assertThat(say(pane, null))
                .containsExactly(
                        "missing_share amount 1.0 ALARM",
                        "out_of_range amount NaN INSUFFICIENT",
                        "missing_share channel 0.0 OK",
                        "out_of_range channel 1.0 ALARM",
                        "unseen channel 1.0 ALARM",
                        "volume null 1.0 OK",
                        "freshness_ms null 1500.0 OK");
    }

    @Test
    void whatWasNotAskedForIsToldAndNoAlarm() {
        QualityMonitor lenient =
                new QualityMonitor(new QualitySpec(null, false, null, null, null), FEATURES, false, null);
        QualityPane pane = lenient.newPart(KEY);
        QualityLayout nothing = new QualityLayout(new QualitySpec(null, false, null, null, null), FEATURES, null);
        pane.add(nothing, new double[] {Double.NaN, 99}, "a", 61_000, 62_500);
        assertThat(lenient.signals(scope(), pane, null))
                .extracting(signal -> signal.metric() + " " + signal.state())
                .containsExactly(
                        "missing_share OK",
                        "cardinality OK",
                        "missing_share OK",
                        "cardinality OK",
                        "duplicates OK",
                        "volume OK");
    }

    @Test
    void anySplitInAnyOrderHasTheSameBytes() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            List<Row> rows = faulty(random);
            byte[] bytes = PaneBytes.of(pane(rows), QualityPane::write);
            QualityPane[] parts = {MONITOR.newPart(KEY), MONITOR.newPart(KEY), MONITOR.newPart(KEY)};
            for (Row row : rows) {
                add(parts[random.nextInt(3)], row);
            }
            parts[1].merge(parts[2]);
            parts[0].merge(parts[1].copy());
            assertThat(PaneBytes.of(parts[0], QualityPane::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            assertThat(PaneBytes.of(PaneBytes.read(bytes, QualityPane::read), QualityPane::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }

    private static ReferenceProfile profile() {
        Random random = new Random(1);
        double[] amounts = random.doubles(1_000).map(value -> 100 * value).toArray();
        amounts[0] = 0;
        amounts[1] = 100;
        double[] channels = random.ints(1_000, 0, 3).asDoubleStream().toArray();
        return new ReferenceProfile(
                List.of(ColumnProfiler.of("amount", amounts), ColumnProfiler.of("channel", channels)), null, null);
    }

    /** 200 amounts missing and 54 of the 1,800 others out of range; 10 unseen channels, 5 of them out of range; 40 ids again. */
    private static List<Row> faulty(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double amount = i < 200 ? Double.NaN : i < 227 ? -1 : i < 254 ? 101 : 100 * random.nextDouble();
            double channel = i < 5 ? 0.5 : i < 10 ? 7 : random.nextInt(3);
            rows.add(new Row(amount, channel, "id-" + (i < 40 ? i + 40 : i)));
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    private static double distinctAmounts(List<Row> rows) {
        QualityPane pane = pane(rows);
        long different = rows.stream()
                .map(Row::amount)
                .filter(amount -> !amount.isNaN())
                .distinct()
                .count();
        assertThat(pane.cardinality(0)).isBetween(0.8 * different, 1.2 * different);
        return pane.cardinality(0);
    }

    private static QualityPane pane(List<Row> rows) {
        QualityPane pane = MONITOR.newPart(KEY);
        rows.forEach(row -> add(pane, row));
        return pane;
    }

    private static void add(QualityPane pane, Row row) {
        pane.add(LAYOUT, new double[] {row.amount(), row.channel()}, row.id(), 61_000, 62_500);
    }

    private static List<String> say(QualityPane pane, QualityPane before) {
        return MONITOR.signals(scope(), pane, before).stream()
                .map(signal -> signal.metric() + " " + signal.feature() + " " + signal.value() + " " + signal.state())
                .toList();
    }

    private static SignalScope scope() {
        return new SignalScope("p", 60_000, 120_000, "1", null);
    }
}
