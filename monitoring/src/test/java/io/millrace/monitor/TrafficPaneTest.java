/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import static io.millrace.monitor.Traffic.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.record.Scored;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrafficPaneTest {

    private static final int FEATURES = 3;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void anySplitAndAnyOrderGiveTheSameBytes(long seed) {
        Random random = new Random(seed);
        List<Scored> events = Traffic.random(random, random.nextInt(2000), FEATURES);
        byte[] whole = Traffic.bytes(Traffic.pane(events, FEATURES));

        Collections.shuffle(events, random);
        List<TrafficPane> parts = split(events, random);
        Collections.shuffle(parts, random);

        assertThat(Traffic.bytes(mergedAsRandomTree(parts, random)))
                .as("seed %d", seed)
                .isEqualTo(whole);
    }

    private static List<TrafficPane> split(List<Scored> events, Random random) {
        List<TrafficPane> parts = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(300));
            parts.add(Traffic.pane(events.subList(from, to), FEATURES));
            from = to;
        }
        parts.add(new TrafficPane(WRITTEN, FEATURES));
        return parts;
    }

    private static TrafficPane mergedAsRandomTree(List<TrafficPane> panes, Random random) {
        while (panes.size() > 1) {
            TrafficPane left = panes.remove(random.nextInt(panes.size()));
            panes.get(random.nextInt(panes.size())).merge(left);
        }
        return panes.get(0);
    }

    @Test
    void mergeLeavesTheOtherAsItIs() {
        List<Scored> events = Traffic.random(new Random(5), 100, FEATURES);
        TrafficPane other = Traffic.pane(events, FEATURES);
        byte[] before = Traffic.bytes(other);
        TrafficPane pane = Traffic.pane(events, FEATURES);
        pane.merge(other);
        assertThat(Traffic.bytes(other)).isEqualTo(before);
        assertThat(Traffic.bytes(pane)).isNotEqualTo(before);
    }

    @Test
    void copySharesNothing() {
        TrafficPane pane = Traffic.pane(Traffic.random(new Random(6), 100, FEATURES), FEATURES);
        byte[] before = Traffic.bytes(pane);
        TrafficPane copy = pane.copy();
        assertThat(Traffic.bytes(copy)).isEqualTo(before);
        copy.merge(pane);
        assertThat(Traffic.bytes(pane)).isEqualTo(before);
    }

    @Test
    void windowsAreAlignedToTheEpochAlsoBeforeIt() {
        assertThat(TrafficPane.windowStart(59_999, 60_000)).isZero();
        assertThat(TrafficPane.windowStart(60_000, 60_000)).isEqualTo(60_000);
        assertThat(TrafficPane.windowStart(-1, 60_000)).isEqualTo(-60_000);
    }

    @Test
    void panesOfDifferentWindowsDoNotMerge() {
        assertThatThrownBy(() -> new TrafficPane(0, 2).merge(new TrafficPane(60_000, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pane at 60000 with 2 features does not merge into one at 0 with 2");
    }

    @Test
    void vectorOfAnotherLengthIsRefusedBeforeAnythingIsCounted() {
        TrafficPane pane = new TrafficPane(WRITTEN, 1);
        Scored scored = Traffic.scored(WRITTEN, WRITTEN, WRITTEN, 0.5f, null);
        assertThatThrownBy(() -> pane.add(scored.vector(), scored.prediction()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a vector of 2 values does not fit a pane of 1 features");
        assertThat(Traffic.bytes(pane)).isEqualTo(Traffic.bytes(new TrafficPane(WRITTEN, 1)));
    }

    @Test
    void addAllocatesNothingOnceItsBucketsAreThere() {
        List<Scored> events = Traffic.random(new Random(7), 1000, FEATURES);
        TrafficPane pane = Traffic.pane(events, FEATURES);
        addAll(events, pane, 20);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        addAll(events, pane, 100);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes for 100,000 events")
                .isLessThan(10_000);
    }

    private static void addAll(List<Scored> events, TrafficPane pane, int times) {
        for (int round = 0; round < times; round++) {
            for (int i = 0; i < events.size(); i++) {
                pane.add(events.get(i).vector(), events.get(i).prediction());
            }
        }
    }
}
