/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

import static io.millrace.feature.replay.TwoStreams.DISORDER;
import static io.millrace.feature.replay.TwoStreams.PAYMENTS;
import static io.millrace.feature.replay.TwoStreams.REPORTS;
import static io.millrace.feature.replay.TwoStreams.START;
import static io.millrace.feature.replay.TwoStreams.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.feature.replay.Recollection.Gap;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecollectionTest {

    private static final long HOUR = 3_600_000L;
    private static final int PARTITIONS = 3;

    private final TwoStreams streams = new TwoStreams(Order.EVENT_TIME, 0);

    /** Partitions one after the other, out of order within each: the vectors are those of everything, sorted by time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void vectorsOfAFewAreThoseOfReplayingEverything(long seed) {
        Random random = new Random(seed);
        List<Event> log = log(random, 3_000);
        List<Event> wanted = log.stream()
                .filter(event -> event.stream() == PAYMENTS && random.nextInt(100) == 0)
                .toList();
        Recollection recollection = recollection(streams, wanted);
        log.forEach(recollection::take);

        Map<SourcePosition, double[]> expected = everything(log);
        Map<SourcePosition, double[]> vectors = vectors(recollection);
        assertThat(vectors).as("seed %d", seed).hasSameSizeAs(wanted);
        vectors.forEach((position, vector) ->
                assertThat(vector).as("seed %d, %s", seed, position).containsExactly(expected.get(position)));
    }

    @Test
    void onlyKeysAndTimesThatMatterAreKept() {
        Event asked = event(PAYMENTS, 0, 9, START + 2 * HOUR, 5, "t1", "c1");
        Recollection recollection = recollection(streams, List.of(asked));
        recollection.take(event(PAYMENTS, 0, 1, START, 5, "t1", "c1"));
        recollection.take(event(PAYMENTS, 0, 2, START + HOUR, 5, "t1", "c1"));
        recollection.take(event(PAYMENTS, 0, 3, START + HOUR + 1, 5, "t2", "c2"));
        recollection.take(event(REPORTS, 0, 1, START + HOUR + 1, 5, "t2", null));
        assertThat(recollection.events()).isZero();

        recollection.take(event(PAYMENTS, 0, 4, START + HOUR + 1, 3, "t2", "c1"));
        recollection.take(event(REPORTS, 0, 2, START + HOUR + 1, 5, "t1", null));
        recollection.take(asked);
        recollection.take(event(PAYMENTS, 0, 10, START + 2 * HOUR + 1, 5, "t1", "c1"));
        assertThat(recollection.events()).isEqualTo(3);
        assertThat(vectors(recollection).get(asked.raw().position())).containsExactly(10, 8, 1);
    }

    @Test
    void partitionIsCompleteOnceWhatIsToComeIsLate() {
        Event asked = event(PAYMENTS, 0, 2, START, 5, "t1", "c1");
        Recollection recollection = recollection(streams, List.of(asked));
        recollection.take(event(REPORTS, 0, 0, START + DISORDER, 5, "t1", null));
        assertThat(recollection.isComplete(REPORTS, 0)).isFalse();
        recollection.take(event(REPORTS, 0, 1, START + DISORDER + 1, 5, "t1", null));
        assertThat(recollection.isComplete(REPORTS, 0)).isTrue();
        assertThat(recollection.isComplete(REPORTS, 1)).isFalse();
    }

    @Test
    void partitionIsNotCompleteBeforeTheEventThatWasAskedFor() {
        Event asked = event(PAYMENTS, 0, 2, START, 5, "t1", "c1");
        Recollection recollection = recollection(streams, List.of(asked));
        recollection.take(event(PAYMENTS, 0, 1, START + HOUR, 5, "t1", "c1"));
        assertThat(recollection.isComplete(PAYMENTS, 0)).isFalse();
        recollection.take(asked);
        assertThat(recollection.isComplete(PAYMENTS, 0)).isTrue();
    }

    @Test
    void lateEventsDoNotCount() {
        Event asked = event(PAYMENTS, 0, 3, START + HOUR / 2, 5, "t1", "c1");
        Recollection recollection = recollection(streams, List.of(asked));
        recollection.take(event(PAYMENTS, 0, 1, START + HOUR / 4, 2, "t1", "c1"));
        recollection.take(event(PAYMENTS, 0, 2, START + HOUR / 4 - DISORDER - 1, 7, "t1", "c1"));
        recollection.take(asked);
        assertThat(vectors(recollection).get(asked.raw().position())).containsExactly(10, 7, 0);
    }

    /** One that is folded counts from where its own partition's watermark stood; in between nobody knows. */
    @Test
    void foldedLateEventsLeaveSomethingUndecided() {
        TwoStreams lenient = new TwoStreams(Order.EVENT_TIME, HOUR);
        Event before = event(PAYMENTS, 1, 1, START + HOUR / 8, 5, "t1", "c1");
        Event after = event(PAYMENTS, 1, 2, START + HOUR / 4, 5, "t1", "c1");
        Recollection recollection = recollection(lenient, List.of(before, after));
        recollection.take(before);
        recollection.take(after);
        recollection.take(event(PAYMENTS, 0, 1, START + HOUR / 4, 1, "t9", "c9"));
        recollection.take(event(PAYMENTS, 0, 2, START, 2, "t1", "c1"));
        assertThat(recollection.undecided(before)).isOne();
        assertThat(recollection.undecided(after)).isZero();
        Map<SourcePosition, double[]> vectors = vectors(recollection);
        assertThat(vectors.get(before.raw().position())).containsExactly(10, 5, 0);
        assertThat(vectors.get(after.raw().position())).containsExactly(10, 12, 0);
    }

    @Test
    void gapIsWhereLostRecordsWereInReach() {
        Event asked = event(PAYMENTS, 0, 9, START + HOUR, 5, "t1", "c1");
        Recollection recollection = recollection(streams, List.of(asked));
        recollection.beginsAt(PAYMENTS, 0, 0);
        recollection.beginsAt(PAYMENTS, 1, 7);
        recollection.take(event(PAYMENTS, 1, 7, START - DISORDER, 5, "t9", "c9"));
        assertThat(recollection.gap(asked)).isNull();

        recollection.beginsAt(REPORTS, 2, 4);
        assertThat(recollection.gap(asked)).isEqualTo(new Gap("reports", 2, 4));
        recollection.take(event(REPORTS, 2, 4, START - DISORDER + 1, 5, "t9", null));
        assertThat(recollection.gap(asked)).isEqualTo(new Gap("reports", 2, 4));
    }

    /** Under arrival Kafka's timestamps stand in for an order that nobody has written down; the offset is one here. */
    @Test
    void underArrivalTheOrderIsThatOfKafkasTimestamps() {
        TwoStreams arrival = new TwoStreams(Order.ARRIVAL, 0);
        Event asked = event(PAYMENTS, 0, 5, START + 2, 5, "t1", "c1");
        Recollection recollection = recollection(arrival, List.of(asked));
        recollection.take(asked);
        recollection.take(event(PAYMENTS, 1, 4, START + 1, 2, "t1", "c1"));
        recollection.take(event(PAYMENTS, 1, 6, START, 100, "t1", "c1"));
        assertThat(recollection.isComplete(PAYMENTS, 1)).isFalse();
        assertThat(vectors(recollection).get(asked.raw().position())).containsExactly(10, 7, 0);
    }

    private static Recollection recollection(TwoStreams streams, List<Event> wanted) {
        return new Recollection(streams.spec(), streams.program(), PAYMENTS, wanted);
    }

    private static Map<SourcePosition, double[]> vectors(Recollection recollection) {
        Map<SourcePosition, double[]> vectors = new HashMap<>();
        recollection.replay(vectors::put);
        return vectors;
    }

    private Map<SourcePosition, double[]> everything(List<Event> log) {
        List<Event> sorted = new ArrayList<>(log);
        sorted.sort(Comparator.comparingLong(Event::eventTimeMillis).thenComparing(new TieOrder(PAYMENTS)));
        FeatureReplay replay = new FeatureReplay(streams.program(), PAYMENTS);
        Map<SourcePosition, double[]> vectors = new HashMap<>();
        sorted.forEach(event -> vectors.put(event.raw().position(), replay.process(event)));
        return vectors;
    }

    private static List<Event> log(Random random, int events) {
        List<Event> log = new ArrayList<>();
        for (int stream = PAYMENTS; stream <= REPORTS; stream++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                for (int i = 0; i < events / 2 / PARTITIONS; i++) {
                    long time = START + i * 20_000L - random.nextInt((int) DISORDER / 1_000) * 1_000L;
                    log.add(event(
                            stream,
                            partition,
                            i,
                            time,
                            random.nextInt(500) / 7.0,
                            "t" + random.nextInt(5),
                            random.nextInt(20) == 0 ? null : "c" + random.nextInt(9)));
                }
            }
        }
        return log;
    }
}
